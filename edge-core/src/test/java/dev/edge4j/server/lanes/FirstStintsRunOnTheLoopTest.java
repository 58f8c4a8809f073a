package dev.edge4j.server.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.Pace;
import dev.edge4j.http.Request;
import dev.edge4j.server.limits.Concurrency;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import io.netty.channel.EventLoop;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the JVM opens its internals, a handler that never waits is answered without a change of threads. */
@Timeout(60)
class FirstStintsRunOnTheLoopTest {
  private final Loop loops = new Loop();
  private final EventLoop loop = loops.next();
  private final Counters counters = new Counters();
  private final Scheduler scheduler = new InlineThenHop(counters);
  private final Pace pace = Tried.unknownPace();

  @AfterEach
  void close() {
    loops.close();
  }

  /** True if the result is there when the scheduler returns to the loop. */
  private boolean isAnsweredAtOnce(Pace of, Callable<String> task) {
    return loop.submit(() -> Tried.startHere(scheduler, loop, of, task).isDone()).syncUninterruptibly().getNow();
  }

  private static String burn() {
    long end = System.nanoTime() + 30_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return "burnt";
  }

  @Test
  void whoDoesNotWaitIsAnsweredAtOnce() {
    assertTrue(isAnsweredAtOnce(pace, () -> "x"));
    assertEquals(1, counters.of(Counter.STINTS_INLINE));
    assertEquals(0, counters.of(Counter.PARKS_IN_FIRST_STINT));
  }

  @Test
  void whoWaitsIsNot() {
    assertFalse(isAnsweredAtOnce(pace, () -> {
      Thread.sleep(20);
      return "x";
    }));
    assertEquals(1, counters.of(Counter.STINTS_INLINE));
    assertEquals(1, counters.of(Counter.PARKS_IN_FIRST_STINT));
  }

  @Test
  void aStintInsideAStintGoesElsewhere() {
    CompletableFuture<Boolean> outer = Tried.start(scheduler, loop, pace, () -> {
      var inner = Tried.startHere(scheduler, loop, pace, () -> "inner");
      return inner.get(10, TimeUnit.SECONDS).equals("inner");
    });
    assertTrue(outer.join());
    assertEquals(1, counters.of(Counter.HOPS));
  }

  @Test
  void theAnswerOfOneMayStartTheNext() {
    var last = new CompletableFuture<String>();
    loop.execute(() -> {
      var _ = Tried.startHere(scheduler, loop, pace, () -> "first").thenAccept(_ -> {
        var _ = Tried.startHere(scheduler, loop, pace, () -> "second").thenAccept(last::complete);
      });
    });
    assertEquals("second", last.join());
    assertEquals(2, counters.of(Counter.STINTS_INLINE));
  }

  @Test
  void aRouteThatHoldsTheLoopBeginsElsewhereFromThenOn() {
    assertTrue(isAnsweredAtOnce(pace, FirstStintsRunOnTheLoopTest::burn));
    assertEquals(1, counters.of(Counter.STALLS));
    assertEquals(1, counters.of(Counter.ROUTES_SENT_TO_HOP));
    assertEquals("burnt", Tried.start(scheduler, loop, pace, FirstStintsRunOnTheLoopTest::burn).join());
    assertEquals(1, counters.of(Counter.HOPS));
    assertEquals(1, counters.of(Counter.STALLS), "on its own thread it holds nobody up");
    while (counters.of(Counter.ROUTES_BACK_INLINE) == 0) {
      assertEquals("x", Tried.start(scheduler, loop, pace, () -> "x").join());
    }
    assertTrue(counters.of(Counter.HOPS) >= 64);
    assertTrue(isAnsweredAtOnce(pace, () -> "x"));
  }

  @Test
  void aRouteThatAlwaysWaitsBeginsElsewhere() {
    while (pace.beginsOnLoop()) {
      Tried.start(scheduler, loop, pace, () -> {
        Thread.sleep(1);
        return "x";
      }).join();
    }
    assertEquals(1, counters.of(Counter.ROUTES_SENT_TO_HOP));
    boolean stalled = counters.of(Counter.STALLS) > 0; // a busy machine may be the first to send it away
    assertTrue(stalled || counters.of(Counter.PARKS_IN_FIRST_STINT) >= 32);
  }

  @Test
  void aRouteMarkedSoNeverBeginsThere() {
    var app = new App();
    app.get("/", Handler.hop(c -> c.text("x")));
    Pace hopping = app.open(Request.get("/")).pace();
    for (int i = 0; i < 200; i++) {
      assertEquals("x", Tried.start(scheduler, loop, hopping, () -> "x").join());
    }
    assertEquals(200, counters.of(Counter.HOPS));
  }

  @Test
  void manyMayWaitAtATime() throws InterruptedException {
    int count = 10_000;
    var entered = new CountDownLatch(count);
    var release = new CountDownLatch(1);
    List<CompletableFuture<String>> waiting = Stream.generate(() -> Tried.<String>start(scheduler,
        loop, Tried.unknownPace(), () -> {
          entered.countDown();
          release.await();
          return "x";
        })).limit(count).toList();
    assertTrue(entered.await(30, TimeUnit.SECONDS));
    release.countDown();
    waiting.forEach(CompletableFuture::join);
    assertEquals(count, counters.of(Counter.STINTS_INLINE));
    // The last may have been let go before the loop came to see that it had parked.
    assertTrue(counters.of(Counter.PARKS_IN_FIRST_STINT) >= count - 1);
  }

  @Test
  void itIsTriedBeforeItIsTrusted() {
    assertTrue(Probe.of(loop).isEmpty(), () -> Probe.of(loop).toString());
    assertInstanceOf(InlineThenHop.class, Schedulers.choose(Concurrency.Scheduler.AUTO, counters));
    assertInstanceOf(Hop.class, Schedulers.choose(Concurrency.Scheduler.HOP, counters));
  }

  /** Run by {@link #aClosedJvmHopsAndSaysHowToOpenIt}. */
  static final class Closed {
    private Closed() {}

    public static void main(String[] args) {
      try (var loops = new Loop()) {
        EventLoop loop = loops.next();
        Scheduler chosen = Schedulers.choose(Concurrency.Scheduler.AUTO, new Counters());
        System.out.println(chosen + " " + Tried.start(chosen, loop, Tried.unknownPace(), () -> "works").join());
      }
    }
  }

  @Test
  void aClosedJvmHopsAndSaysHowToOpenIt() throws IOException, InterruptedException {
    Process java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path").replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
        Closed.class.getName()).redirectErrorStream(true).redirectInput(Redirect.from(new File("/dev/null"))).start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, java.waitFor(), said);
    assertTrue(said.contains("hop works"), said);
    assertTrue(said.contains("--add-opens java.base/java.lang=ALL-UNNAMED"), said);
  }
}
