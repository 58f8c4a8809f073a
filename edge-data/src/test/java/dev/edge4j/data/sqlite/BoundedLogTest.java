package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import dev.edge4j.data.sqlite.SqliteOptions.Synchronous;
import dev.edge4j.data.testing.Aside;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log stays small under steady writes while there is always somebody reading, and after a long stream. */
@Aside
@Timeout(value = 300, threadMode = SEPARATE_THREAD) // a write that waits is not to be interrupted
class BoundedLogTest {
  private static final int TIMES = Boolean.getBoolean("edge4j.long") ? 50 : 2;

  private final Path log;
  private final SqliteStore store;

  BoundedLogTest(@TempDir Path folder) {
    Path file = folder.resolve("a.db");
    this.log = Path.of(file + "-wal");
    this.store = SqliteStore.open(file, SqliteOptions.defaults().withSynchronous(Synchronous.NORMAL));
    store.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB NOT NULL)");
    store.update("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 80)"
        + " INSERT INTO t SELECT i, randomblob(4000) FROM n");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void underSteadyWritesAndReads() throws Exception {
    var stop = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 3; i++) {
        threads.execute(() -> {
          while (!stop.get()) { // each holds its snapshot for some milliseconds, so that they overlap
            store.database()
                .readLong(c -> c.query("SELECT sum(length(hex(a.v))) FROM t AS a, t AS b WHERE b.id < 10",
                    row -> row.getLong(1)));
          }
        });
      }
      try {
        long before = size();
        for (int emptied = 0; emptied < TIMES;) { // or the time is over
          write();
          long now = size();
          emptied += now < before ? 1 : 0;
          before = now;
        }
      } finally {
        stop.set(true);
      }
    }
  }

  @Test
  void afterALongStream() throws Exception {
    var inside = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stream = threads.submit(() -> store.forEach(byte[].class, "SELECT a.v FROM t AS a, t AS b", Map.of(), _ -> {
        inside.countDown();
        await(release);
      }));
      await(inside);
      while (size() <= 2 * WalBound.BYTES) {
        write();
      }
      release.countDown();
      stream.get();
    }
    while (size() > WalBound.BYTES) { // or the time is over
      write();
    }
  }

  private void write() {
    store.update("UPDATE t SET v = randomblob(4000)");
  }

  private long size() {
    return log.toFile().length();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
