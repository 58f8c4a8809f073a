package dev.edge4j.data.sqlite;

import static dev.edge4j.data.RowChange.Kind.DELETED;
import static dev.edge4j.data.RowChange.Kind.INSERTED;
import static dev.edge4j.data.RowChange.Kind.UPDATED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.ChangeFeed.Subscription;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.RowChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who watches a table is told what each commit has changed in it, and nothing that was undone. */
@Timeout(120)
class ChangeFeedTest {
  private static final Set<String> TEA = Set.of("tea");

  private final Path file;
  private final SqliteStore store;
  private final LinkedBlockingQueue<RowChange> told = new LinkedBlockingQueue<>();

  ChangeFeedTest(@TempDir Path folder) {
    file = folder.resolve("a.db");
    store = SqliteStore.open(file)
        .migrate(Migrations.of("""
            CREATE TABLE tea (id INTEGER PRIMARY KEY, name TEXT);
            CREATE TABLE cup (maker TEXT, size INTEGER, glaze TEXT, PRIMARY KEY (maker, size)) WITHOUT ROWID;
            CREATE TABLE mark (id BLOB PRIMARY KEY);
            CREATE TABLE note (text TEXT);
            """));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void tellsTheRowsInTheirOrder() throws Exception {
    try (var _ = store.watch(Set.of("tea", "cup", "mark", "note"), told::addAll)) {
      store.update("INSERT INTO tea VALUES (1, 'green'), (2, 'black')");
      store.update("UPDATE tea SET name = 'white' WHERE id = 2");
      store.update("UPDATE tea SET id = 7 WHERE id = 2");
      store.update("INSERT INTO tea VALUES (7, 'red') ON CONFLICT (id) DO UPDATE SET name = excluded.name");
      store.update("DELETE FROM tea");
      store.update("INSERT INTO cup VALUES ('Ada', 3, 'blue')");
      store.update("INSERT OR REPLACE INTO cup VALUES ('Ada', 3, 'green')");
      store.update("INSERT INTO mark VALUES (:id)", Map.of("id", new byte[]{1, -1}));
      store.update("INSERT INTO note VALUES ('no key')");
      assertEquals(List.of(change("tea", INSERTED, "1"), change("tea", INSERTED, "2"), change("tea", UPDATED, "2"),
          change("tea", DELETED, "2"), change("tea", INSERTED, "7"), change("tea", UPDATED, "7"),
          change("tea", DELETED, "1"), change("tea", DELETED, "7"), change("cup", INSERTED, "Ada\t3"),
          change("cup", INSERTED, "Ada\t3"), change("mark", INSERTED, "01FF"), change("note", INSERTED, "")), take(12));
    }
  }

  @Test
  void isSilentOnWhatWasUndoneAndOnOtherTables() throws Exception {
    try (var _ = store.watch(TEA, told::addAll)) {
      store.update("INSERT INTO note VALUES ('not watched')");
      assertThrows(IllegalStateException.class, () -> store.transaction(rows -> {
        rows.update("INSERT INTO tea VALUES (1, 'green')");
        throw new IllegalStateException("changed my mind");
      }));
      store.update("INSERT INTO tea VALUES (2, 'black')");
      assertEquals(List.of(change("tea", INSERTED, "2")), take(1));
    }
  }

  @Test
  void aChangeIsToldWhenItCanBeRead() throws Exception {
    var missing = new LinkedBlockingQueue<String>();
    var seen = new CountDownLatch(200);
    String byId = "SELECT name FROM tea WHERE id = :id";
    try (var _ = store.watch(TEA, changes -> changes.forEach(change -> {
      if (store.query(String.class, byId, Map.of("id", Long.parseLong(change.key()))).isEmpty()) {
        missing.add(change.key());
      }
      seen.countDown();
    })); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        threads.execute(() -> store.update("INSERT INTO tea (name) VALUES ('green')"));
      }
      assertTrue(seen.await(60, TimeUnit.SECONDS));
    }
    assertEquals(0, missing.size());
  }

  @Test
  void manyRowsAreToldAsTheWholeTable() throws Exception {
    try (var _ = store.watch(TEA, told::addAll)) {
      String many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10001) INSERT INTO tea"
          + " SELECT i, 'x' FROM n";
      store.update(many);
      store.update("DELETE FROM tea WHERE id = 5");
      assertEquals(List.of(RowChange.all("tea"), change("tea", DELETED, "5")), take(2));
    }
  }

  @Test
  void aTableThatIsMadeAnewIsStillWatched() throws Exception {
    try (var _ = store.watch(TEA, told::addAll)) {
      store.update("DROP TABLE tea");
      assertEquals(List.of(RowChange.all("tea")), take(1));
      store.update("CREATE TABLE tea (name TEXT PRIMARY KEY)");
      assertEquals(List.of(RowChange.all("tea")), take(1));
      store.update("INSERT INTO tea VALUES ('green')");
      assertEquals(List.of(change("tea", INSERTED, "green")), take(1));
      store.transaction(rows -> rows.update("CREATE TABLE t2 (n INTEGER PRIMARY KEY)") + rows.update(
          "DROP TABLE tea") + rows.update("ALTER TABLE t2 RENAME TO tea"));
      store.update("INSERT INTO tea VALUES (4)");
      assertEquals(List.of(RowChange.all("tea"), change("tea", INSERTED, "4")), take(2));
    }
  }

  @Test
  void nobodyIsToldAfterTheEndAndNothingIsLeftInTheFile() throws Exception {
    var first = new LinkedBlockingQueue<RowChange>();
    Subscription subscription = store.watch(TEA, first::addAll);
    try (var _ = store.watch(TEA, _ -> {
      throw new IllegalStateException("a listener with a bug, which is logged");
    }); var _ = store.watch(TEA, told::addAll)) {
      store.update("INSERT INTO tea VALUES (1, 'green')");
      take(1);
      subscription.close();
      subscription.close();
      store.update("INSERT INTO tea VALUES (2, 'green')");
      take(1);
      assertEquals(1, first.size());
    }
    store.update("INSERT INTO tea VALUES (3, 'green')");
    assertEquals(0L, triggers(), "who is watched by nobody pays nothing");
    try (var _ = store.watch(TEA, told::addAll)) {
      store.update("INSERT INTO tea VALUES (4, 'green')");
      assertEquals(List.of(change("tea", INSERTED, "4")), take(1));
      assertEquals(List.of(), store.query(String.class, "SELECT name FROM sqlite_schema WHERE name LIKE '%change%'"));
    }
  }

  @Test
  void namesTheTablesThatThereAre() {
    var error = assertThrows(IllegalArgumentException.class, () -> store.watch(Set.of("tea", "coffee"), told::addAll));
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains("coffee") && message.contains("cup"), message);
    assertThrows(IllegalArgumentException.class, () -> store.watch(Set.of("tea\"; DROP TABLE tea; --"), told::addAll));
    assertThrows(IllegalArgumentException.class, () -> store.watch(Set.of(), told::addAll));
  }

  private long triggers() {
    return store.database()
        .write(c -> c.query("SELECT count(*) FROM sqlite_temp_schema WHERE type = 'trigger'", row -> row.getLong(1)))
        .getFirst();
  }

  private List<RowChange> take(int count) throws InterruptedException {
    var changes = new ArrayList<RowChange>();
    while (changes.size() < count) {
      RowChange change = told.poll(60, TimeUnit.SECONDS);
      if (change == null) {
        throw new AssertionError("only " + changes);
      }
      changes.add(change);
    }
    return changes;
  }

  private static RowChange change(String table, RowChange.Kind kind, String key) {
    return new RowChange(table, kind, key);
  }
}
