package dev.edge4j.data.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions that are in each other's way are run again, and come to what they would have come to one after another. */
@Timeout(120)
class PostgresContentionTest {
  private static final int THREADS = 16;
  private static final int EACH = Boolean.getBoolean("edge4j.long") ? 100 : 10;

  private final PostgresStore store = PostgresStore.open(PostgresOptions.of(Engines.database())
      .withWriters(THREADS)
      .withAttempts(30));

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void noIncrementOfManyThreadsIsLost() throws Exception {
    store.update("CREATE TABLE counter (id integer PRIMARY KEY, n bigint NOT NULL)");
    store.update("INSERT INTO counter VALUES (1, 0), (2, 0)");
    var runs = new AtomicInteger();
    inThreads(thread -> {
      for (int i = 0; i < EACH; i++) {
        int first = thread % 2 + 1; // half of them take the rows the other way round
        store.transaction(tx -> {
          runs.incrementAndGet();
          increment(tx, first);
          return increment(tx, 3 - first);
        });
      }
    });
    long expected = (long) THREADS * EACH;
    assertEquals(List.of(expected, expected), store.query(Long.class, "SELECT n FROM counter ORDER BY id"));
  }

  private static long increment(dev.edge4j.data.Queries tx, int id) {
    long n = tx.queryOne(Long.class, "SELECT n FROM counter WHERE id = :id", Map.of("id", id)).orElseThrow();
    return tx.update("UPDATE counter SET n = :n WHERE id = :id", Map.of("n", n + 1, "id", id));
  }

  @Test
  void onlySerializableSeesWhatTheOtherWrites() throws Exception {
    store.update("CREATE TABLE duty (name text PRIMARY KEY, present boolean NOT NULL)");
    store.update("INSERT INTO duty VALUES ('a', true), ('b', true)");
    inThreads(thread -> {
      if (thread < 2) {
        store.transaction(tx -> {
          long present = tx.queryOne(Long.class, "SELECT count(*) FROM duty WHERE present").orElseThrow();
          return present < 2 ? 0
              : tx.update("UPDATE duty SET present = false WHERE name = :name", Map.of("name",
                  thread == 0 ? "a" : "b"));
        });
      }
    });
    assertEquals(List.of(1L), store.query(Long.class, "SELECT count(*) FROM duty WHERE present"), "one has to stay");
  }

  @Test
  void itGivesUpInTheEnd() {
    var runs = new AtomicInteger();
    try (var impatient = PostgresStore.open(store.database().options().withAttempts(3))) {
      var busy = assertThrows(StoreException.class, () -> impatient.transaction(tx -> {
        runs.incrementAndGet();
        return tx.update("DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '40001'; END $$");
      }));
      assertEquals(StoreException.Reason.BUSY, busy.reason());
    }
    assertEquals(3, runs.get());
  }

  private interface Work {
    void run(int thread);
  }

  private static void inThreads(Work work) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<?>>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        answers.add(threads.submit(() -> work.run(thread)));
      }
      for (Future<?> answer : answers) {
        answer.get();
      }
    }
  }
}
