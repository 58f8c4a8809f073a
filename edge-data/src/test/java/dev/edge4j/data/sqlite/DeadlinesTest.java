package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A statement that nobody waits for any more is ended, with an error that says so, and its connection goes on. */
@Timeout(120)
class DeadlinesTest {
  /** Takes hours. */
  private static final String ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)"
      + " SELECT max(i) FROM n";
  private static final Map<String, ?> FOR_EVER = Map.of("most", 1L << 60);
  private static final Map<String, ?> SHORT = Map.of("most", 3);

  private final SqliteStore store;

  DeadlinesTest(@TempDir Path folder) {
    store = SqliteStore.open(folder.resolve("a.db"), SqliteOptions.defaults().withReaders(1).withQueueCapacity(1));
    store.update("CREATE TABLE t (v INTEGER NOT NULL)");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aQueryIsEnded() {
    for (int i = 0; i < 3; i++) { // on the caller's thread at first, on a platform thread when it has proved slow
      tooLate(50, () -> store.query(Long.class, ENDLESS, FOR_EVER));
      assertEquals(Optional.of(3L), store.queryOne(Long.class, ENDLESS, SHORT), "the connection is usable");
    }
    tooLate(50, () -> store.database()
        .readLong(c -> c.query(ENDLESS.replace(":most", "?"), row -> row.getLong(1), 1L << 60)));
    assertEquals(3L, store.database().readLong(c -> c.query("SELECT 3", row -> row.getLong(1))).getFirst());
  }

  @Test
  void aStreamIsEndedAlsoByASlowUser() {
    tooLate(50, () -> store.forEach(Long.class, ENDLESS, FOR_EVER, _ -> {}));
    String numbers = ENDLESS.replace("max(i)", "i");
    tooLate(50, () -> store.forEach(Long.class, numbers, FOR_EVER, _ -> {}));
    assertEquals(3, store.forEach(Long.class, numbers, SHORT, _ -> {}));
    assertEquals(3, QueryDeadline.within(in(60_000), () -> store.forEach(Long.class, numbers, SHORT, _ -> {})));
  }

  @Test
  void aTransactionIsUndoneAndTheWriterGoesOn() {
    tooLate(50, () -> store.transaction(rows -> {
      rows.update("INSERT INTO t VALUES (1)");
      return rows.query(Long.class, ENDLESS, FOR_EVER);
    }));
    assertEquals(Optional.of(0L), store.queryOne(Long.class, "SELECT count(*) FROM t"));
    assertEquals(1, QueryDeadline.within(in(60_000), () -> store.update("INSERT INTO t VALUES (2)")));
    assertEquals(Optional.of(2L), store.queryOne(Long.class, "SELECT v FROM t"));
  }

  @Test
  void whatIsTooLateNeverBegins() {
    tooLate(0, () -> store.query(Long.class, "SELECT count(*) FROM t"));
    tooLate(0, () -> store.update("INSERT INTO t VALUES (1)"));
    tooLate(0, () -> store.forEach(Long.class, "SELECT v FROM t", Map.of(), _ -> {}));
    assertEquals(Optional.of(0L), store.queryOne(Long.class, "SELECT count(*) FROM t"));
  }

  /** One write holds the writer, the next fills the queue, and one waits for room. */
  @Test
  void waitingInLineIsEndedAndHasNoEffect() throws Exception {
    var inside = new CountDownLatch(2);
    var release = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(() -> store.transaction(_ -> hold(inside, release)));
      threads.execute(() -> store.database().read(_ -> hold(inside, release)));
      try {
        assertTrue(inside.await(60, TimeUnit.SECONDS));
        tooLate(50, () -> store.update("INSERT INTO t VALUES (1)"));
        tooLate(50, () -> store.update("INSERT INTO t VALUES (2)"));
        tooLate(50, () -> store.database().read(c -> c.query("SELECT v FROM t", row -> row.getLong(1))));
      } finally {
        release.countDown();
      }
    }
    assertEquals(1, store.update("INSERT INTO t VALUES (3)"));
    assertEquals(Optional.of(3L), store.queryOne(Long.class, "SELECT v FROM t"));
  }

  private static int hold(CountDownLatch inside, CountDownLatch release) {
    try {
      inside.countDown();
      assertTrue(release.await(60, TimeUnit.SECONDS));
      return 0;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void tooLate(long millis, Supplier<?> work) {
    var error = assertThrows(StoreException.class, () -> QueryDeadline.within(in(millis), work));
    assertTrue(error.getMessage().contains("within the time that the caller allows"), error.getMessage());
  }

  private static Deadline in(long millis) {
    return Deadline.in(Duration.ofMillis(millis), TimeSource.system());
  }
}
