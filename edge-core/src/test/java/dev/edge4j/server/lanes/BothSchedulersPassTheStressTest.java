package dev.edge4j.server.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.limits.Concurrency;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.support.LongRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sockets, locks, sleeps, logging from handlers and from the loop, a database, bodies in and out, slow routes and a stop in the middle:
 * with either scheduler no answer is wrong and none is missing, and every place is free afterwards.
 */
@Timeout(300)
class BothSchedulersPassTheStressTest {
  private static final int REQUESTS = LongRun.tries(4_000, 100_000);
  private static final int CLIENTS = 24;
  private static final int WARM_UP = 200;
  /** Fewer than clients, so that some queue; the queue is long and patient, so that none is shed. */
  private static final int PLACES = 8;

  /** What runs the handlers. */
  enum Kind {
    /** As it is where the JVM is open. */
    INLINE_THEN_HOP,
    /** Every first stint on the loop, however slow: what learning would spare it. */
    ALWAYS_INLINE,
    /** The portable one. */
    HOP;

    Concurrency.Scheduler scheduler() {
      return this == HOP ? Concurrency.Scheduler.HOP : Concurrency.Scheduler.AUTO;
    }
  }

  @TempDir private Path folder;

  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS, Thread.ofPlatform()
      .name("stress-", 0)
      .daemon()
      .factory());

  private static ServerOptions options(Concurrency.Scheduler scheduler) {
    return ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withLimits(l -> l.withConcurrency(Concurrency.defaults()
            .withMaxConcurrent(PLACES)
            .withQueue(CLIENTS, Duration.ofMinutes(1))
            .withScheduler(scheduler)));
  }

  @ParameterizedTest
  @EnumSource
  void noneIsWrongAndNoneHangs(Kind kind) throws Exception {
    System.setProperty(InlineThenHop.LEARNING, kind == Kind.ALWAYS_INLINE ? "off" : "on");
    try (var stress = new StressApp(folder)) {
      App app = stress.app();
      var entered = new CountDownLatch(PLACES);
      app.get("/all-at-once", c -> {
        entered.countDown();
        return c.text(String.valueOf(entered.await(20, TimeUnit.SECONDS)));
      });
      try (Server server = Server.start(app, options(kind.scheduler()))) {
        long began = System.nanoTime();
        List<StressClient> clients = clients(server);
        clients.getFirst().run(WARM_UP); // a crowd that loads classes holds up gates, which are watched
        all(clients, client -> client.run(REQUESTS / CLIENTS + 1));
        long nanos = System.nanoTime() - began;
        check(stress, clients);
        report(kind, nanos, server.counts());
        checkCounts(kind, server.counts());
        allPlacesAreFree(server);
        stopInTheMiddle(server);
      }
    } finally {
      System.clearProperty(InlineThenHop.LEARNING);
      threads.shutdownNow();
    }
  }

  private static List<StressClient> clients(Server server) {
    List<StressClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new StressClient(server.port(), i, CLIENTS));
    }
    return clients;
  }

  /** What a client does. */
  private interface Deed {
    void run(StressClient client) throws Exception;
  }

  private void all(List<StressClient> clients, Deed deed) throws InterruptedException, ExecutionException {
    List<Future<?>> running = new ArrayList<>();
    for (StressClient client : clients) {
      running.add(threads.submit(() -> {
        deed.run(client);
        return client;
      }));
    }
    for (Future<?> each : running) {
      each.get();
    }
  }

  private static long asked(List<StressClient> clients, StressClient.Kind kind) {
    return clients.stream().mapToInt(client -> client.asked.getOrDefault(kind, 0)).sum();
  }

  private static void check(StressApp stress, List<StressClient> clients) throws Exception {
    long all = clients.stream().flatMap(client -> client.asked.values().stream()).mapToInt(n -> n).sum();
    assertTrue(all >= REQUESTS, all + " requests");
    assertEquals(asked(clients, StressClient.Kind.LOCK), stress.locked);
    assertEquals(asked(clients, StressClient.Kind.MONITOR), stress.monitored);
    assertEquals(all - asked(clients, StressClient.Kind.HEALTH) + asked(clients, StressClient.Kind.LOG), stress.logged
        .get());
    assertEquals(clients.stream().mapToLong(client -> client.rowsWritten).sum(), stress.hits());
  }

  private static void checkCounts(Kind kind, Map<Counter, Long> counts) {
    assertEquals(0, counts.getOrDefault(Counter.SHED, 0L));
    assertEquals(0, counts.getOrDefault(Counter.QUEUE_TIMEOUTS, 0L));
    assertTrue(counts.getOrDefault(Counter.QUEUED, 0L) > 0);
    assertTrue(counts.getOrDefault(Counter.HOPS, 0L) > 0);
    for (Counter counter : List.of(Counter.STINTS_INLINE, Counter.PARKS_IN_FIRST_STINT, Counter.STALLS)) {
      assertEquals(kind != Kind.HOP, counts.getOrDefault(counter, 0L) > 0, counter + " of " + kind);
    }
    assertEquals(kind == Kind.INLINE_THEN_HOP, counts.getOrDefault(Counter.ROUTES_SENT_TO_HOP, 0L) > 0);
    if (kind != Kind.INLINE_THEN_HOP || LongRun.isOn()) { // a route is tried on the loop again now and then, which takes many requests
      assertEquals(kind == Kind.INLINE_THEN_HOP, counts.getOrDefault(Counter.ROUTES_BACK_INLINE, 0L) > 0);
    }
  }

  private static void report(Kind kind, long nanos, Map<Counter, Long> counts) {
    Map<Counter, Long> some = new EnumMap<>(counts);
    some.values().removeIf(count -> count == 0);
    System.out.printf(Locale.ROOT, "stress, %s: %,d requests in %.1f s; %s%n", kind, counts.getOrDefault(
        Counter.REQUESTS, 0L),
        nanos / 1e9, some);
  }

  private static void allPlacesAreFree(Server server) throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      clients.add(new RawClient(server).get("/all-at-once"));
    }
    for (RawClient client : clients) {
      assertEquals("true", client.reply().body());
      client.close();
    }
  }

  private void stopInTheMiddle(Server server) throws Exception {
    List<StressClient> clients = clients(server);
    Thread stop = Thread.ofPlatform().start(() -> {
      while (!clients.stream().allMatch(client -> client.begun)) {
        Thread.onSpinWait();
      }
      server.close();
    });
    all(clients, StressClient::runUntilClosed);
    assertTrue(stop.join(Duration.ofSeconds(30)));
  }
}
