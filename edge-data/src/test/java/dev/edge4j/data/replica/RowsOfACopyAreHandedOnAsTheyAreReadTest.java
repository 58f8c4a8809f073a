package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A large result of a copy is not held in memory: its rows come as they are read, all from one file, whatever happens meanwhile. */
@Timeout(180)
class RowsOfACopyAreHandedOnAsTheyAreReadTest {
  record Row(long id, Instant at) {}

  private static final String WITHOUT_END = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
  private static final String ALL = "SELECT id, at FROM t WHERE id > :least ORDER BY id";

  private final OriginDatabase origin = new OriginDatabase(Engines.database());
  private final SqliteReplica replica;

  RowsOfACopyAreHandedOnAsTheyAreReadTest(@TempDir Path folder) {
    origin.run("CREATE TABLE t (id bigint PRIMARY KEY, at timestamptz)",
        "INSERT INTO t SELECT i, to_timestamp(i) FROM generate_series(1, 5000) i");
    this.replica = SqliteReplica.of(origin.url()).tables("t").into(folder.resolve("c.db"));
  }

  @AfterEach
  void close() {
    replica.close();
  }

  @Test
  void aResultWithoutEndIsNotReadToItsEnd() {
    var last = new AtomicLong();
    assertThrows(IllegalStateException.class, () -> replica.forEach(Long.class, WITHOUT_END, Map.of(), i -> {
      last.set(i);
      if (i == 100_000) {
        throw new IllegalStateException("that is enough");
      }
    }));
    assertEquals(100_000, last.get());
    assertEquals(List.of(5000L), replica.query(Long.class, "SELECT count(*) FROM t"));
  }

  @Test
  void aNewerCopyIsForTheNext() throws Exception {
    Path first = replica.status().file();
    var next = new AtomicLong(1);
    long rows = replica.forEach(Row.class, ALL, Map.of("least", 1), row -> {
      assertEquals(new Row(next.incrementAndGet(), Instant.ofEpochSecond(next.get())), row);
      if (row.id() == 2) {
        exchange(first);
        assertEquals(List.of(5001L), replica.query(Long.class, "SELECT count(*) FROM t"), "others read the new one");
      }
    });
    assertEquals(4_999, rows);
    assertEquals(5_000, replica.forEach(Row.class, ALL, Map.of("least", 1), _ -> {}));
    Await.until("the old file is gone", () -> Files.notExists(first));
  }

  @Test
  void closingEndsIt() {
    Path first = replica.status().file();
    var closed = assertThrows(StoreException.class, () -> replica.forEach(Long.class, WITHOUT_END, Map.of(), i -> {
      if (i == 1) {
        exchange(first); // of an old file too
        replica.close();
      }
    }));
    assertEquals(StoreException.Reason.CLOSED, closed.reason());
  }

  private void exchange(Path old) {
    origin.run("INSERT INTO t VALUES (6000, now())");
    replica.rebuild();
    try {
      Await.until("another file answers", () -> !replica.status().file().equals(old));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
