package dev.edge4j.server.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.limits.Concurrency;
import dev.edge4j.support.LongRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** What light requests feel of one route that burns 200 ms every second, and what learning makes of it: prints the table. */
@Timeout(300)
@Isolated("it measures time")
class LearningKeepsLightRequestsQuickTest {
  private static final long BURN_NANOS = 200_000_000;
  private static final long BURN_EVERY_NANOS = 1_000_000_000;
  /** Twice as many as event loops, so that each has some. */
  private static final int CONNECTIONS = 4 * Runtime.getRuntime().availableProcessors();
  private static final long ASK_EVERY_NANOS = 5_000_000;
  private static final long TOLD_APART_NANOS = 50_000_000;

  /** Latencies of light requests in nanoseconds, in ascending order, and how often it burnt, and on an event loop. */
  private record Run(String name, long[] nanos, int burns, int burnsOnLoop) {
    double millis(double quantile) {
      return nanos[(int) Math.min(nanos.length - 1, Math.round(quantile * nanos.length))] / 1e6;
    }

    /** The share of requests that took so long that the burning must have held them up. */
    double heldUp() {
      return (double) Arrays.stream(nanos).filter(n -> n > TOLD_APART_NANOS).count() / nanos.length;
    }

    String line() {
      return String.format(Locale.ROOT, "%-34s %8.1f %8.1f %8.1f %8.1f %9.1f %% %9d", name, millis(.5), millis(.9),
          millis(.99), millis(1), 100 * heldUp(), burnsOnLoop);
    }
  }

  @Test
  void onceLearnedABurnerHoldsNobodyUp() throws Exception {
    run("warm-up", Concurrency.Scheduler.AUTO, true, true);
    Run quiet = run("inline-then-hop, nothing burns", Concurrency.Scheduler.AUTO, true, false);
    Run learned = run("inline-then-hop, learned", Concurrency.Scheduler.AUTO, true, true);
    Run unlearned = run("inline-then-hop, learning off", Concurrency.Scheduler.AUTO, false, true);
    Run hop = run("hop", Concurrency.Scheduler.HOP, true, true);
    System.out.println(String.format(Locale.ROOT, "%-34s %8s %8s %8s %8s %11s %9s",
        "light requests beside a burner, ms",
        "p50", "p90", "p99", "max", "over 50 ms", "on loop"));
    List.of(quiet, learned, unlearned, hop).forEach(run -> System.out.println(run.line()));
    assertEquals(1, learned.burnsOnLoop(), "the first one teaches it");
    assertEquals(unlearned.burns(), unlearned.burnsOnLoop());
    assertEquals(0, hop.burnsOnLoop());
  }

  private static int seconds() {
    return LongRun.tries(1, 30);
  }

  private static Run run(String name, Concurrency.Scheduler scheduler, boolean learns, boolean beside)
      throws Exception {
    var app = new App();
    app.get("/light", c -> c.text("x"));
    var burns = new AtomicInteger();
    var burnsOnLoop = new AtomicInteger();
    app.get("/burn", c -> {
      burns.incrementAndGet();
      burnsOnLoop.addAndGet(Thread.currentThread().toString().contains("@ForkJoinPool") ? 0 : 1);
      return burn(c.text("burnt"));
    });
    System.setProperty(InlineThenHop.LEARNING, learns ? "on" : "off");
    try (Server server = Server.start(app, ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withLimits(l -> l.withConcurrency(l.concurrency().withScheduler(scheduler))))) {
      List<CompletableFuture<long[]>> clients = new ArrayList<>();
      if (beside) {
        try (var first = new RawClient(server)) {
          assertEquals("burnt", first.get("/burn").reply().body()); // from here on it is known
        }
        clients.add(inThread(() -> ask(server, "/burn", BURN_EVERY_NANOS)));
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(inThread(() -> ask(server, "/light", ASK_EVERY_NANOS)));
      }
      long[] nanos = clients.stream()
          .skip(beside ? 1 : 0)
          .flatMapToLong(c -> Arrays.stream(c.join()))
          .sorted()
          .toArray();
      return new Run(name, nanos, burns.get(), burnsOnLoop.get());
    } finally {
      System.clearProperty(InlineThenHop.LEARNING);
    }
  }

  private static Response burn(Response response) {
    long end = System.nanoTime() + BURN_NANOS;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return response;
  }

  /** What a client does. */
  private interface Asking {
    long[] run() throws IOException;
  }

  private static CompletableFuture<long[]> inThread(Asking client) {
    var result = new CompletableFuture<long[]>();
    Thread.ofPlatform().daemon().start(() -> {
      try {
        result.complete(client.run());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return result;
  }

  /** Asks at fixed times; a latency counts from then, so that one held up does not hide that others would have been. */
  private static long[] ask(Server server, String target, long everyNanos) throws IOException {
    int count = (int) (TimeUnit.SECONDS.toNanos(seconds()) / everyNanos);
    var nanos = new long[count];
    try (var client = new RawClient(server)) {
      long began = System.nanoTime();
      for (int i = 0; i < count; i++) {
        long due = began + i * everyNanos;
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        client.get(target).reply();
        nanos[i] = System.nanoTime() - due;
      }
    }
    return nanos;
  }
}
