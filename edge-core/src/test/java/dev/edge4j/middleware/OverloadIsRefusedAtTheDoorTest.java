package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.HttpError;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.resilience.AdaptiveLimit;
import dev.edge4j.resilience.BreakerOptions;
import dev.edge4j.resilience.Bulkhead;
import dev.edge4j.resilience.CircuitBreaker;
import dev.edge4j.resilience.Permit;
import dev.edge4j.resilience.Priority;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be served is answered 503 with a time to come back, and every place that was taken is given back. */
class OverloadIsRefusedAtTheDoorTest {
  private final VirtualClock clock = new VirtualClock();
  private final AtomicInteger handled = new AtomicInteger();

  private CircuitBreaker breaker() {
    return CircuitBreaker.of("it", BreakerOptions.defaults(), clock::nanoTime, () -> 0.5, _ -> {});
  }

  private App app(CircuitBreaking breaking) {
    var app = new App().time(clock);
    app.use(breaking);
    app.get("/:status", c -> {
      handled.incrementAndGet();
      int status = Integer.parseInt(c.param("status").asString());
      if (status == 500) {
        throw new IllegalStateException("broken");
      }
      return c.text(status, "it is " + status);
    });
    return app;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/500", "/502"})
  void anOpenBreakerAnswersForItsRoutes(String failing) {
    CircuitBreaker breaker = breaker();
    App app = app(CircuitBreaking.by(breaker));
    for (int i = 0; i < 20; i++) {
      assertTrue(app.request(failing).status() != 503);
    }
    Response refused = app.request("/200");
    assertEquals(503, refused.status());
    assertEquals("5", refused.header("Retry-After").orElse(""));
    assertEquals(20, handled.get());
    clock.advance(Duration.ofSeconds(5));
    CircuitBreaker.Pass probe = breaker.pass();
    for (int i = 0; i < 2; i++) {
      assertTrue(breaker.tryPass().isPresent());
    }
    assertEquals("1", app.request("/200").header("Retry-After").orElse(""), "not at once: probes are under way");
    probe.failed();
    clock.advance(Duration.ofSeconds(60));
    for (int i = 0; i < 4; i++) {
      assertEquals(200, app.request("/200").status());
    }
  }

  @Test
  void whatCountsIsYoursToSay() {
    App app = app(CircuitBreaking.by(breaker()).failure(response -> response.status() == 404));
    for (int i = 0; i < 30; i++) {
      assertEquals(502, app.request("/502").status());
    }
    for (int i = 0; i < 30; i++) {
      app.request("/404");
    }
    assertEquals(503, app.request("/200").status());
  }

  @Test
  void aFullBulkheadRefusesAndHasAllItsPlacesAfterwards() {
    var bulkhead = Bulkhead.of(2);
    var app = new App();
    app.use(BulkheadLimit.by(bulkhead));
    app.get("/ok", Handler.inline(c -> c.text("in use: " + bulkhead.inUse())));
    app.get("/fails", _ -> {
      throw new IllegalStateException("broken");
    });
    try (Permit _ = bulkhead.tryAcquire().orElseThrow()) {
      assertEquals("in use: 2", app.request("/ok").text());
      assertEquals(500, app.request("/fails").status());
      try (Permit _ = bulkhead.tryAcquire().orElseThrow()) {
        Response refused = app.request("/ok");
        assertEquals(503, refused.status());
        assertEquals("1", refused.header("Retry-After").orElse(""));
      }
    }
    assertEquals(0, bulkhead.inUse());
  }

  @Test
  void whoMayWaitGetsThePlaceThatIsGivenBack() throws Exception {
    var bulkhead = Bulkhead.of(1, 1, Duration.ofMinutes(1));
    var app = new App();
    app.use(BulkheadLimit.by(bulkhead));
    app.get("/ok", c -> c.text("ok"));
    app.get("/fails", _ -> {
      throw new HttpError(409, "no");
    });
    for (String path : List.of("/ok", "/fails")) {
      Permit taken = bulkhead.tryAcquire().orElseThrow();
      var answers = new ArrayList<Integer>();
      Thread waits = Thread.ofVirtual().start(() -> answers.add(app.request(path).status()));
      while (bulkhead.waiting() == 0) {
        Thread.onSpinWait();
      }
      assertEquals(503, app.request(path).status(), "one waits, and no more");
      taken.close();
      waits.join();
      assertEquals(List.of(path.equals("/ok") ? 200 : 409), answers);
      assertEquals(0, bulkhead.inUse());
    }
  }

  @Test
  void aGateBehindAMiddlewareGivesItsPlaceBackToo() {
    var bulkhead = Bulkhead.of(1);
    var limit = AdaptiveLimit.of(1, 1, 1, clock::nanoTime);
    var app = new App().time(clock);
    app.use(Timeout.after(Duration.ofMinutes(1)));
    app.use(BulkheadLimit.by(bulkhead), AdaptiveConcurrency.by(limit));
    app.get("/fails", _ -> {
      throw new IllegalStateException("broken");
    });
    for (int i = 0; i < 3; i++) {
      assertEquals(500, app.request("/fails").status());
      assertEquals(0, bulkhead.inUse());
      assertEquals(0, limit.inFlight());
    }
  }

  @Test
  void whatMattersLessIsShedFirst() throws Exception {
    var limit = AdaptiveLimit.of(2, 2, 2, clock::nanoTime);
    var app = new App().time(clock);
    app.use(AdaptiveConcurrency.by(limit)
        .priority(c -> c.path().equals("/batch") ? Priority.SHEDDABLE
            : Priority.CRITICAL));
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    app.get("/slow", c -> {
      entered.countDown();
      leave.await();
      return c.text("done");
    });
    app.get("/quick", c -> c.text("quick"));
    app.post("/batch", c -> c.text(c.bodyText()));
    Thread slow = Thread.ofVirtual().start(() -> app.request("/slow"));
    entered.await();
    Response shed = app.request(Request.post("/batch").withBody("text/plain", new byte[]{'x'}));
    assertEquals(503, shed.status());
    int wait = Integer.parseInt(shed.header("Retry-After").orElseThrow());
    assertTrue(wait >= 1 && wait <= 3, wait + " s");
    assertEquals(200, app.request("/quick").status());
    leave.countDown();
    slow.join();
    assertEquals(0, limit.inFlight());
    assertEquals(200, app.request(Request.post("/batch").withBody("text/plain", new byte[]{'x'})).status());
  }
}
