package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.RowChange;
import dev.edge4j.data.testing.Engines;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log carries no DDL: a table whose shape has changed is copied anew, and the old copy answers meanwhile. */
class SchemaChangesMakeANewCopyTest {
  record Row(int id, int extra) {}

  private static final Tuning RARE = Tuning.DEFAULT.withSchema(Duration.ofHours(1)).withBackoff(Duration.ofMillis(20));
  private static final int READERS = 4;

  private final OriginDatabase origin = new OriginDatabase(Engines.database());
  private final Path folder;
  private final List<SqliteReplica> open = new ArrayList<>();

  SchemaChangesMakeANewCopyTest(@TempDir Path folder) {
    this.folder = folder;
    origin.run("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t SELECT generate_series(1, 1000)");
  }

  @AfterEach
  void close() {
    open.forEach(SqliteReplica::close);
  }

  @Test
  void aNewColumnComesWithTheNextChangeAndOldRowsHaveItsDefault() {
    SqliteReplica replica = open(RARE);
    origin.run("ALTER TABLE t ADD COLUMN extra int NOT NULL DEFAULT 7");
    Await.caughtUp(replica, origin);
    assertEquals(1000, replica.query(Long.class, "SELECT id FROM t").size(), "nothing has come, so nothing is known");
    origin.run("INSERT INTO t VALUES (2000, 8)");
    Await.caughtUp(replica, origin);
    assertEquals(List.of(new Row(1, 7), new Row(2000, 8)), replica.query(Row.class,
        "SELECT * FROM t WHERE id IN (1, 2000) ORDER BY id"));
  }

  @Test
  void theCatalogIsLookedAtForTablesThatDoNotChange() throws Exception {
    SqliteReplica replica = open(RARE.withSchema(Duration.ofMillis(50)).withProbe(Duration.ofMillis(20)));
    origin.run("ALTER TABLE t ADD COLUMN extra int NOT NULL DEFAULT 7");
    Await.until("the column is there", () -> replica.queryOne(String.class,
        "SELECT group_concat(name) FROM pragma_table_info('t')")
        .orElseThrow()
        .equals("id,extra"));
  }

  @Test
  void anEventTriggerMayTellAtOnceAndOtherTablesDoNotMatter() throws Exception {
    SqliteReplica replica = open(RARE);
    Path first = replica.status().file();
    origin.run("CREATE TABLE other (id int)", "SELECT pg_logical_emit_message(true, 'edge4j.schema', '')",
        "INSERT INTO t VALUES (1001)");
    Await.caughtUp(replica, origin);
    origin.run("ALTER TABLE t ADD COLUMN extra int NOT NULL DEFAULT 7",
        "SELECT pg_logical_emit_message(true, 'edge4j.schema', '')");
    Await.until("another file answers", () -> !replica.status().file().equals(first));
    assertEquals(List.of(new Row(1, 7)), replica.query(Row.class, "SELECT * FROM t WHERE id = 1"));
    assertTrue(replica.status().file().toString().endsWith(".2"), "one new copy is enough");
  }

  @Test
  void renamedDroppedAndWidenedColumnsAreSeen() {
    origin.run("ALTER TABLE t ADD COLUMN extra int NOT NULL DEFAULT 7");
    SqliteReplica replica = open(RARE);
    origin.run("ALTER TABLE t ALTER extra TYPE numeric(6,1)", "UPDATE t SET extra = 7.5 WHERE id = 1");
    Await.caughtUp(replica, origin);
    assertEquals(List.of("7.5"), replica.query(java.math.BigDecimal.class, "SELECT extra FROM t WHERE id = 1")
        .stream()
        .map(String::valueOf)
        .toList());
    origin.run("ALTER TABLE t RENAME extra TO more", "UPDATE t SET more = 1 WHERE id = 1");
    Await.caughtUp(replica, origin);
    assertEquals(1, replica.query(java.math.BigDecimal.class, "SELECT more FROM t WHERE id = 1").size());
    origin.run("ALTER TABLE t DROP COLUMN more", "DELETE FROM t WHERE id > 1");
    Await.caughtUp(replica, origin);
    assertEquals(List.of(1L), replica.query(Long.class, "SELECT * FROM t"));
  }

  @Test
  void readersGoOnThroughTheExchangeAndListenersHearOfIt() throws Exception {
    SqliteReplica replica = open(RARE);
    var heard = new CopyOnWriteArrayList<RowChange>();
    Path first = replica.status().file();
    var stop = new AtomicBoolean();
    // platform threads: reads hold their carrier, so as many virtual ones as there are cores would keep the others from beginning
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS);
        Closeable _ = () -> stop.set(true);
        var _ = replica.watch(Set.of("t"), heard::addAll)) {
      List<Future<?>> reads = new ArrayList<>();
      var counts = new AtomicIntegerArray(READERS);
      for (int i = 0; i < READERS; i++) {
        int reader = i;
        reads.add(readers.submit(() -> {
          while (!stop.get()) {
            assertEquals(1000L, replica.queryOne(Long.class, "SELECT count(*) FROM t").orElseThrow());
            counts.incrementAndGet(reader);
          }
        }));
      }
      for (int i = 0; i < 3; i++) {
        Path before = replica.status().file();
        replica.rebuild();
        Await.until("another file answers", () -> !replica.status().file().equals(before));
        int[] since = IntStream.range(0, READERS).map(counts::get).toArray();
        Await.until("every reader reads on, or one has failed", () -> reads.stream().anyMatch(Future::isDone)
            || IntStream.range(0, READERS).allMatch(reader -> counts.get(reader) > since[reader] + 1));
      }
      stop.set(true);
      for (Future<?> read : reads) {
        read.get();
      }
      Await.until("listeners hear that anything may have changed", () -> heard.contains(RowChange.all("t")));
    }
    assertNotEquals(first, replica.status().file());
    Await.until("the old file is gone", () -> Files.notExists(first));
  }

  @Test
  void aTableThatIsGoneIsSaidAndTheOldCopyAnswers() throws Exception {
    SqliteReplica replica = open(RARE.withSchema(Duration.ofMillis(50)).withProbe(Duration.ofMillis(20)));
    origin.run("ALTER TABLE t RENAME TO u");
    replica.rebuild();
    Await.until("it says so", () -> replica.status().state() == ReplicaStatus.State.REFUSED && replica.status()
        .why()
        .contains(
            "table public.t is not there"));
    assertEquals(1000, replica.query(Long.class, "SELECT id FROM t").size());
    origin.run("ALTER TABLE u RENAME TO t");
    assertTrue(replica.awaitFollowing(Await.LONG), () -> replica.status().toString());
  }

  private SqliteReplica open(Tuning tuning) {
    SqliteReplica replica = SqliteReplica.of(origin.url()).tables("t").tuning(tuning).into(folder.resolve("s.db"));
    open.add(replica);
    return replica;
  }
}
