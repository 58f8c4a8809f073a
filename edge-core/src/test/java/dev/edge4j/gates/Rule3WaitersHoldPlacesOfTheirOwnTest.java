package dev.edge4j.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Exchange;
import dev.edge4j.Gate;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.Timeout;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.limits.Concurrency;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rule 3: a handler's place is taken at the first element that is no gate, and who waits in a gate holds none. */
class Rule3WaitersHoldPlacesOfTheirOwnTest {
  private final Trace trace = new Trace();
  private final App app = new App();

  @Test
  void anOffloadedRequestTakesAPlaceOnlyBehindItsGates() {
    app.use(trace.offloading("waits"), trace.passing("b"));
    app.use(trace.around("m"));
    app.get("/", c -> c.text("x"));
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    assertEquals(200, exchange.slowLane(bound(true)).status());
    assertEquals(
        List.of("waits before", "waits handle", "b before", "enter", "m in", "m out", "b after 200", "leave"),
        trace.lines());
  }

  @Test
  void withoutAPlaceItIsShed() {
    app.use(trace.offloading("waits"));
    app.get("/", _ -> {
      throw new AssertionError("ran");
    });
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    Response shed = exchange.slowLane(bound(false));
    assertEquals(503, shed.status());
    assertEquals("1", shed.header("Retry-After").orElseThrow());
    assertFalse(trace.lines().contains("leave"));
  }

  private Exchange.Admission bound(boolean free) {
    return new Exchange.Admission() {
      @Override
      public boolean tryEnter() {
        trace.add("enter");
        return free;
      }

      @Override
      public void leave() {
        trace.add("leave");
      }
    };
  }

  /** One request leads, those that ask to wait do until it has an answer: a coalesced miss. */
  private static final class Coalescing implements Gate {
    private final Semaphore waiting = new Semaphore(0);
    private final CountDownLatch landed = new CountDownLatch(1);

    @Override
    public Verdict before(Context c) {
      return Verdict.offload();
    }

    @Override
    public Response handle(Context c, Next next) throws Exception {
      if (c.query("leads").isPresent()) {
        Response response = next.proceed();
        landed.countDown();
        return response;
      }
      waiting.release();
      assertTrue(landed.await(20, TimeUnit.SECONDS));
      return c.text("waited");
    }
  }

  @Test
  void waitersDoNotStarveTheLeaderTheyWaitForAndAreBoundedThemselves() throws IOException, InterruptedException {
    var coalescing = new Coalescing();
    app.use("/tea", coalescing);
    app.get("/tea", c -> c.text("tea"));
    try (var served = new Served(app, Served.OPTIONS.withConcurrency(Concurrency.defaults()
        .withMaxConcurrent(1)
        .withQueue(0, Duration.ZERO)))) {
      List<RawClient> waiters = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        waiters.add(served.client().get("/tea"));
      }
      assertTrue(coalescing.waiting.tryAcquire(3, 10, TimeUnit.SECONDS));
      assertEquals("tea", served.get("/tea?leads=1").body());
      for (RawClient waiter : waiters) {
        assertEquals("waited", waiter.reply().body());
        waiter.close();
      }
    }
  }

  @Test
  void pastTheirOwnBoundWaitersAreShed() throws IOException, InterruptedException {
    var coalescing = new Coalescing();
    app.use("/tea", coalescing);
    app.get("/tea", c -> c.text("tea"));
    app.get("/other", c -> c.text("other"));
    try (var served = new Served(app, Served.OPTIONS.withConcurrency(Concurrency.defaults()
        .withMaxConcurrent(1)
        .withQueue(0, Duration.ZERO)))) {
      List<RawClient> waiters = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        waiters.add(served.client().get("/tea"));
      }
      assertTrue(coalescing.waiting.tryAcquire(4, 10, TimeUnit.SECONDS));
      assertEquals(503, served.get("/tea").status());
      assertEquals("other", served.get("/other").body(), "handlers have places of their own");
      coalescing.landed.countDown();
      for (RawClient waiter : waiters) {
        assertEquals("waited", waiter.reply().body());
        waiter.close();
      }
    }
  }

  /** Whoever has read an answer may ask again at once: its place is free by then. */
  @Test
  void aPlaceIsFreeBeforeTheAnswerIsThere() throws IOException {
    app.get("/", c -> c.text("x"));
    app.get("/stream", _ -> Response.of(200).withBody(new Body.Stream(out -> out.write('x'))));
    app.with(trace.offloading("waits")).get("/offloaded", c -> c.text("x"));
    app.with(Timeout.after(Duration.ofMinutes(1))).get("/timed", c -> c.text("x"));
    try (var served = new Served(app, Served.OPTIONS.withConcurrency(Concurrency.defaults()
        .withMaxConcurrent(1)
        .withQueue(0, Duration.ZERO))); RawClient client = served.client()) {
      for (int i = 0; i < 500; i++) {
        for (String target : List.of("/", "/stream", "/offloaded", "/timed")) {
          assertEquals(200, client.get(target).reply().status(), target + " in round " + i);
        }
      }
    }
  }

  @Test
  void whatAGateAnswersNeedsNoPlace() throws IOException, InterruptedException {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    app.use("/gate", trace.answering("hit", 200));
    app.get("/gate", c -> c.text("x"));
    app.get("/busy", c -> {
      entered.countDown();
      assertTrue(release.await(20, TimeUnit.SECONDS));
      return c.text("busy");
    });
    try (var served = new Served(app, Served.OPTIONS.withConcurrency(Concurrency.defaults()
        .withMaxConcurrent(1)
        .withQueue(0, Duration.ZERO))); RawClient busy = served.client()) {
      busy.get("/busy");
      assertTrue(entered.await(10, TimeUnit.SECONDS));
      assertEquals(503, served.get("/busy").status());
      assertEquals("hit", served.get("/gate").body());
      release.countDown();
      assertEquals("busy", busy.reply().body());
    }
  }
}
