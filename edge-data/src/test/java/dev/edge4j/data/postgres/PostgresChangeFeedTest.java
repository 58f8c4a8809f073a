package dev.edge4j.data.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.ChangeFeed;
import dev.edge4j.data.RowChange;
import dev.edge4j.data.RowChange.Kind;
import dev.edge4j.data.testing.Engines;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who watches a table hears of each commit that changed it, once, in order, and of everything after a gap. */
@Timeout(60)
class PostgresChangeFeedTest {
  private final PostgresStore store = PostgresStore.of(Engines.database());
  private final BlockingQueue<List<RowChange>> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void create() {
    store.update("CREATE TABLE teas (id bigint PRIMARY KEY, name text)");
    store.update("CREATE TABLE cups (shop text, number int, tea bigint REFERENCES teas ON DELETE CASCADE,"
        + " PRIMARY KEY (shop, number))");
    store.update("CREATE TABLE notes (about text)");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private ChangeFeed.Subscription watch(String... tables) {
    return store.watch(Set.of(tables), told::add);
  }

  private List<RowChange> next() throws InterruptedException {
    return Optional.ofNullable(told.poll(30, TimeUnit.SECONDS))
        .orElseThrow(() -> new AssertionError("nothing was told"));
  }

  private static RowChange change(String table, Kind kind, String key) {
    return new RowChange(table, kind, key);
  }

  @Test
  void eachCommitIsTold() throws Exception {
    watch("teas", "cups", "notes");
    store.update("INSERT INTO teas VALUES (1, 'green'), (2, 'black')");
    assertEquals(List.of(change("teas", Kind.INSERTED, "1"), change("teas", Kind.INSERTED, "2")), next());
    store.transaction(tx -> {
      tx.update("UPDATE teas SET name = 'white' WHERE id = 2");
      tx.update("INSERT INTO cups VALUES ('north', 7, 1)");
      return tx.update("UPDATE teas SET id = 3 WHERE id = 2");
    });
    assertEquals(List.of(change("teas", Kind.UPDATED, "2"), change("cups", Kind.INSERTED, "north\t7"),
        change("teas", Kind.DELETED, "2"), change("teas", Kind.UPDATED, "3")), next());
    store.update("UPDATE teas SET name = 'nobody' WHERE id = 99");
    store.update("DELETE FROM teas WHERE id = 1");
    assertEquals(Set.of(change("teas", Kind.DELETED, "1"), change("cups", Kind.DELETED, "north\t7")), Set.copyOf(
        next()),
        "what goes along with it is told too");
    store.update("INSERT INTO notes VALUES ('a'), ('b')");
    assertEquals(List.of(change("notes", Kind.ALL, "")), next(), "two rows without a key");
    store.update("INSERT INTO notes VALUES ('c')");
    assertEquals(List.of(change("notes", Kind.INSERTED, "")), next());
    store.update("TRUNCATE notes");
    assertEquals(List.of(RowChange.all("notes")), next());
  }

  @Test
  void whatIsTooMuchIsTheWholeTable() throws Exception {
    store.update("CREATE TABLE texts (id text PRIMARY KEY)");
    watch("teas", "texts");
    store.update("INSERT INTO teas SELECT generate_series(1, 100000)");
    assertEquals(List.of(RowChange.all("teas")), next());
    store.update("INSERT INTO texts SELECT repeat(chr(233), 1000) || n FROM generate_series(1, 6) AS n");
    assertEquals(List.of(RowChange.all("texts")), next(), "more than 8,000 bytes");
    store.update("INSERT INTO texts VALUES ('tab\tand \"quote\" and \\')");
    assertEquals(List.of(change("texts", Kind.INSERTED, "tab\tand \"quote\" and \\")), next());
  }

  @Test
  void whatIsRolledBackIsNotToldAndWhatIsToldCanBeRead() throws Exception {
    var seen = new LinkedBlockingQueue<Long>();
    store.watch(Set.of("teas"), changes -> seen.add(
        store.queryOne(Long.class, "SELECT count(*) FROM teas").orElseThrow()));
    assertThrows(IllegalStateException.class, () -> store.transaction(tx -> {
      tx.update("INSERT INTO teas VALUES (1, 'green')");
      throw new IllegalStateException("no");
    }));
    store.update("INSERT INTO teas VALUES (2, 'black')");
    assertEquals(1, seen.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void afterALostConnectionEverythingMayHaveChanged() throws Exception {
    watch("teas");
    watch("cups");
    endListener();
    List<RowChange> first = next();
    List<RowChange> second = next();
    assertEquals(Set.of(List.of(RowChange.all("teas")), List.of(RowChange.all("cups"))), Set.of(first, second));
    store.update("INSERT INTO teas VALUES (1, 'green')");
    assertEquals(List.of(change("teas", Kind.INSERTED, "1")), next());
  }

  private void endListener() {
    assertEquals(List.of(true), store.query(Boolean.class, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        + " WHERE datname = current_database() AND query LIKE 'LISTEN%' OR query = 'SELECT 1'"));
  }

  @Test
  void onlyWatchedTablesAreToldAndNoneAfterTheEnd() throws Exception {
    ChangeFeed.Subscription teas = watch("TEAS");
    store.update("INSERT INTO cups VALUES ('north', 1, NULL)");
    store.update("INSERT INTO teas VALUES (1, 'green')");
    assertEquals(List.of(change("teas", Kind.INSERTED, "1")), next());
    teas.close();
    var later = new LinkedBlockingQueue<List<RowChange>>();
    store.watch(Set.of("teas"), later::add);
    store.update("DELETE FROM teas");
    assertEquals(List.of(change("teas", Kind.DELETED, "1")), later.poll(30, TimeUnit.SECONDS));
    assertTrue(told.isEmpty(), () -> "told after the end: " + told);
  }

  @Test
  void refusesATableThatIsNotThere() {
    assertThrows(IllegalArgumentException.class, () -> watch("teas", "nowhere"));
    assertThrows(IllegalArgumentException.class, () -> watch("teas; DROP TABLE teas"));
  }
}
