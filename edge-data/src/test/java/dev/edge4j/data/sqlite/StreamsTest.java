package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.MappingException;
import dev.edge4j.data.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows of any number go through little memory, are of one moment, and who takes his time over them keeps nobody waiting. */
@Timeout(120)
class StreamsTest {
  private static final int ROWS = 20_000;

  /** A row that notes how many of its kind have been read, and by whom. */
  record Row(long id, String text) {
    private static final AtomicLong READ = new AtomicLong();
    private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();

    Row {
      READ.incrementAndGet();
      THREADS.add(Thread.currentThread());
    }
  }

  private static final String ALL = "SELECT id, text FROM t ORDER BY id";

  private final SqliteStore store;

  StreamsTest(@TempDir Path folder) {
    store = SqliteStore.open(folder.resolve("a.db"), SqliteOptions.defaults().withBusyTimeout(Duration.ofMillis(50)));
    store.update("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
    store.update("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)"
        + " INSERT INTO t SELECT i, printf('%.500c', 'x') FROM n", Map.of("rows", ROWS));
    Row.READ.set(0);
    Row.THREADS.clear();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void rowsAreReadLittleAheadOfTheirUseAndOnAnotherThread() {
    Thread caller = Thread.currentThread();
    var seen = new AtomicLong();
    long count = store.forEach(Row.class, ALL, Map.of(), row -> {
      assertSame(caller, Thread.currentThread());
      assertEquals(seen.incrementAndGet(), row.id());
      assertTrue(Row.READ.get() - seen.get() <= 2 * 256 + 1, "ahead by " + (Row.READ.get() - seen.get()));
    });
    assertEquals(ROWS, count);
    assertEquals(ROWS, seen.get());
    assertFalse(Row.THREADS.contains(caller));
    assertTrue(Row.THREADS.stream().noneMatch(Thread::isVirtual));
  }

  @Test
  void fewRowsOfManyBytesAreReadAhead() {
    store.update("UPDATE t SET text = printf('%.200000c', 'x') WHERE id <= 50");
    var seen = new AtomicLong();
    store.forEach(Row.class, "SELECT id, text FROM t WHERE id <= 50", Map.of(), _ -> {
      long ahead = Row.READ.get() - seen.incrementAndGet();
      assertTrue(ahead <= 4, ahead + " rows of 200 kB are in memory");
    });
    assertEquals(50, seen.get());
  }

  @Test
  void theRowsAreOfOneMoment() {
    var texts = new ArrayList<String>();
    store.forEach(Row.class, ALL, Map.of(), row -> {
      if (row.id() == 1) {
        store.update("UPDATE t SET text = 'later'");
        store.update("DELETE FROM t WHERE id > 10000");
      }
      if (row.text().equals("later")) {
        texts.add(row.text());
      }
    });
    assertEquals(List.of(), texts);
    assertEquals(ROWS, Row.READ.get());
    assertEquals(10_000, store.forEach(Row.class, ALL, Map.of(), row -> assertEquals("later", row.text())));
  }

  @Test
  void whatTheUserThrowsEndsItAndTheNextGoesOn() {
    var bug = new IllegalStateException("bug");
    for (int i = 0; i < 2 * Streams.MOST; i++) {
      assertSame(bug, assertThrows(IllegalStateException.class, () -> store.forEach(Row.class, ALL, Map.of(), _ -> {
        throw bug;
      })));
    }
    assertTrue(Row.READ.get() < 2L * Streams.MOST * 600, Row.READ + " rows were read, of no use to anybody");
    assertThrows(MappingException.class, () -> store.forEach(Row.class, "SELECT id FROM t", Map.of(), _ -> {}));
    var syntax = assertThrows(StoreException.class, () -> store.forEach(Row.class, "SELECT id FROM nowhere", Map.of(),
        _ -> {}));
    assertTrue(syntax.getMessage().contains("nowhere"), syntax.getMessage());
    assertThrows(StoreException.class, () -> store.forEach(Row.class, "DELETE FROM t", Map.of(), _ -> {}));
    assertEquals(ROWS, store.forEach(Row.class, ALL, Map.of(), _ -> {}));
  }

  /** Sixteen users that do not go on, and one too many; and all the time others read and write. */
  @Test
  void slowUsersKeepNobodyElseWaiting() throws Exception {
    var inside = new CountDownLatch(Streams.MOST);
    var release = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < Streams.MOST; i++) {
        threads.execute(() -> store.forEach(Row.class, ALL, Map.of(), row -> {
          if (row.id() == 1) {
            inside.countDown();
            await(release);
          }
        }));
      }
      try {
        await(inside);
        assertEquals(1L, store.queryOne(Long.class, "SELECT id FROM t WHERE id = 1").orElseThrow());
        assertEquals((long) ROWS, store.queryOne(Long.class, "SELECT count(*) FROM t WHERE text <> ''").orElseThrow());
        assertEquals(1, store.update("UPDATE t SET text = 'new' WHERE id = 2"));
        var full = assertThrows(StoreException.class, () -> store.forEach(Row.class, ALL, Map.of(), _ -> {}));
        assertEquals(StoreException.Reason.BUSY, full.reason());
      } finally {
        release.countDown();
      }
    }
    assertEquals(ROWS, store.forEach(Row.class, ALL, Map.of(), _ -> {}));
  }

  @Test
  void closingEndsIt() throws Exception {
    var inside = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer = threads.submit(() -> assertThrows(StoreException.class, () -> store.forEach(Row.class, ALL, Map.of(),
          _ -> {
            inside.countDown();
            await(release);
          })));
      await(inside);
      store.close();
      release.countDown();
      assertEquals(StoreException.Reason.CLOSED, answer.get().reason());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
