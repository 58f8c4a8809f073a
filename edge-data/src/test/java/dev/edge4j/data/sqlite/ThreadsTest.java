package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short reads run on the caller's thread; what holds a carrier for long runs on platform threads, and starves nobody. */
class ThreadsTest {
  private final SqliteDatabase database;

  ThreadsTest(@TempDir Path folder) {
    this.database = SqliteDatabase.open(folder.resolve("a.db"));
    database.write(c -> {
      c.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER NOT NULL); INSERT INTO t VALUES (1, 0)");
      return 0;
    });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void eachWorkRunsWhereItIsPromised() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(() -> {
        assertSame(Thread.currentThread(), database.read(_ -> Thread.currentThread()));
        assertFalse(database.readLong(_ -> Thread.currentThread()).isVirtual());
        Thread writer = database.write(_ -> Thread.currentThread());
        assertFalse(writer.isVirtual());
        assertSame(writer, database.write(_ -> Thread.currentThread()));
        return 0;
      }).get();
    }
  }

  /** Were their commits on the carriers, two virtual threads in this loop would keep all others from running. */
  @Test
  void writersInALoopStarveNobody() throws Exception {
    var stop = new AtomicBoolean();
    var wrote = new CountDownLatch(100);
    var ball = new SynchronousQueue<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
        threads.execute(() -> {
          while (!stop.get()) {
            database.write(c -> c.update("UPDATE t SET v = v + 1"));
            database.read(c -> c.queryOne("SELECT v FROM t WHERE id = ?", row -> row.getLong(1), 1));
            wrote.countDown();
          }
        });
      }
      try {
        assertTrue(await(wrote));
        var thrower = threads.submit(() -> play(() -> ball.put(1)));
        var catcher = threads.submit(() -> play(ball::take));
        thrower.get(60, TimeUnit.SECONDS);
        catcher.get(60, TimeUnit.SECONDS);
      } finally {
        stop.set(true);
      }
    }
  }

  @Test
  void longReadsDoNotKeepShortOnesWaiting() throws Exception {
    var inside = new CountDownLatch(2);
    var release = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) { // twice as many as there are connections for them
        threads.execute(() -> database.readLong(_ -> {
          inside.countDown();
          return await(release);
        }));
      }
      assertTrue(await(inside));
      assertEquals(0L, database.read(c -> c.queryOne("SELECT v FROM t", row -> row.getLong(1))).orElseThrow());
      assertEquals(1L, database.<Long>write(c -> c.update("UPDATE t SET v = 1")));
      release.countDown();
    }
  }

  @Test
  void aReadInsideAReadDoesNotWaitForItself() {
    long sum = database.read(a -> a.query("SELECT v FROM t", row -> database.read(b -> b.query("SELECT v FROM t",
        inner -> inner.getLong(1) + row.getLong(1))).getFirst())).getFirst();
    assertEquals(0, sum);
  }

  @Test
  void readersCannotWrite() {
    var error = assertThrows(StoreException.class, () -> database.read(c -> c.update("UPDATE t SET v = 9")));
    assertTrue(error.getMessage().contains("readonly"), error.getMessage());
    assertThrows(StoreException.class, () -> database.readLong(c -> c.update("UPDATE t SET v = 9")));
  }

  @Test
  void aStatementThatProvesSlowMovesToAPlatformThread() {
    String slow = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) SELECT max(i) AS most FROM n";
    SqliteStore store = SqliteStore.on(database);
    Seen.THREADS.clear();
    store.query(Seen.class, slow, Map.of("most", 1_000_000));
    store.query(Seen.class, slow, Map.of("most", 10));
    assertSame(Thread.currentThread(), Seen.THREADS.getFirst());
    assertTrue(Seen.THREADS.getLast().getName().startsWith("sqlite-reader"), Seen.THREADS.toString());
    for (int i = 0; i < 10_000 && !Thread.currentThread().equals(Seen.THREADS.getLast()); i++) {
      store.query(Seen.class, slow, Map.of("most", 10));
    }
    assertSame(Thread.currentThread(), Seen.THREADS.getLast(), "a cold start is forgiven");
  }

  /** A row that notes on which thread it was read. */
  record Seen(long most) {
    private static final Deque<Thread> THREADS = new ConcurrentLinkedDeque<>();

    Seen {
      THREADS.add(Thread.currentThread());
    }
  }

  private interface Turn {
    void take() throws InterruptedException;
  }

  private static int play(Turn turn) throws InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      turn.take();
    }
    return 0;
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
