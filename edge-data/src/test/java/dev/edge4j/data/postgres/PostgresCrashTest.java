package dev.edge4j.data.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.engines.PostgresServer;
import dev.edge4j.data.testing.Aside;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is killed in the middle of writers loses nothing that was acknowledged, and they go on once it is back. */
@Aside
@Timeout(120)
class PostgresCrashTest {
  private static final int ROUNDS = Boolean.getBoolean("edge4j.long") ? 10 : 2;

  private final AtomicLong ids = new AtomicLong();
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<Long> refused = ConcurrentHashMap.newKeySet();
  private final Set<Long> unsure = ConcurrentHashMap.newKeySet();

  @Test
  void whatWasAcknowledgedIsThere() throws Exception {
    // It is the server that crashes, not the machine: what is with the operating system is safe.
    try (PostgresServer server = PostgresServer.start(Map.of("fsync", "off"));
        var store = PostgresStore.open(PostgresOptions.of(server.url("postgres"))
            .withAcquireTimeout(Duration.ofSeconds(1)));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try (PostgresStore patient = PostgresStore.of(server.url("postgres"))) {
        patient.update("CREATE TABLE written (id bigint PRIMARY KEY)");
      }
      var stop = new AtomicBoolean();
      var writers = new ArrayList<Future<?>>();
      for (int i = 0; i < 8; i++) {
        boolean alone = i % 2 == 0;
        writers.add(threads.submit(() -> {
          while (!stop.get()) {
            write(store, alone);
          }
        }));
      }
      try {
        for (int round = 0; round < ROUNDS; round++) {
          awaitMore(50);
          server.kill();
          server.restart();
          awaitMore(50);
        }
      } finally {
        stop.set(true);
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      check(store);
    }
  }

  private void write(PostgresStore store, boolean alone) {
    Map<String, Long> args = Map.of("id", ids.incrementAndGet());
    String sql = "INSERT INTO written VALUES (:id)";
    try {
      long rows = alone ? store.update(sql, args)
          : store.transaction(Isolation.READ_COMMITTED, tx -> tx.update(sql, args));
      assertEquals(1, rows);
      acknowledged.addAll(args.values());
    } catch (StoreException e) {
      assertTrue(!e.constraintViolated(), () -> "written twice: " + e);
      (e.outcomeUnknown() ? unsure : refused).addAll(args.values());
    }
  }

  private void awaitMore(int count) throws InterruptedException {
    int before = acknowledged.size();
    Databases.await(count + " more writes", () -> acknowledged.size() >= before + count);
  }

  private void check(PostgresStore store) {
    List<Long> there = store.query(Long.class, "SELECT id FROM written");
    var lost = new HashSet<>(acknowledged);
    there.forEach(lost::remove);
    assertEquals(Set.of(), lost);
    var unexplained = new HashSet<>(there);
    unexplained.removeAll(acknowledged);
    unexplained.removeAll(unsure);
    assertEquals(Set.of(), unexplained,
        "what nobody knew the outcome of may be there, and nothing else, least of all of " + refused);
  }
}
