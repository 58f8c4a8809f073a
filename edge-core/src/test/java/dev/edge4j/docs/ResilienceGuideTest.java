package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.middleware.AdaptiveConcurrency;
import dev.edge4j.middleware.BulkheadLimit;
import dev.edge4j.middleware.CircuitBreaking;
import dev.edge4j.middleware.idempotency.Idempotency;
import dev.edge4j.resilience.AdaptiveLimit;
import dev.edge4j.resilience.AdaptiveThrottle;
import dev.edge4j.resilience.BreakerOpenException;
import dev.edge4j.resilience.BreakerOptions;
import dev.edge4j.resilience.Bulkhead;
import dev.edge4j.resilience.CircuitBreaker;
import dev.edge4j.resilience.Hedge;
import dev.edge4j.resilience.MissLimiter;
import dev.edge4j.resilience.Permit;
import dev.edge4j.resilience.Priority;
import dev.edge4j.resilience.RetryBudget;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The listings of docs/resilience.md. */
class ResilienceGuideTest {
  private final App app = new App();

  /** A store that counts how often it is asked, and fails while it is told to. */
  private static final class Stock {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean down;

    int left(String id) throws IOException {
      asked.incrementAndGet();
      if (down) {
        throw new IOException("no answer about " + id);
      }
      return id.length();
    }
  }

  @Test
  void aHedge() throws Exception {
    var stock = new Stock();
    // tag::hedge[]
    var hedge = Hedge.create();
    app.get("/left/:id", c -> {
      String id = c.param("id").asString();
      return c.text("left: " + hedge.call(() -> stock.left(id)));
    });
    // end::hedge[]
    assertEquals("left: 3", app.request("/left/abc").text());
  }

  @Test
  void aBreaker() {
    var stock = new Stock();
    // tag::breaker[]
    var breaker = CircuitBreaker.of("stock", BreakerOptions.defaults());
    app.get("/stock/:id", c -> {
      int left = breaker.call(() -> stock.left(c.param("id").asString()));
      return c.text("left: " + left);
    });
    app.onError((c, e) -> {
      if (e instanceof BreakerOpenException open) {
        throw new ServiceUnavailable("the stock is not known just now", open.retryAfter());
      }
      throw e;
    });
    // end::breaker[]
    assertEquals("left: 3", text(app.request(Request.get("/stock/tea"))));
    stock.down = true;
    for (int i = 0; i < 19; i++) {
      assertEquals(500, app.request(Request.get("/stock/tea")).status());
    }
    int asked = stock.asked.get();
    Response refused = app.request(Request.get("/stock/tea"));
    assertEquals(503, refused.status());
    assertTrue(refused.headers().first("Retry-After").isPresent());
    assertEquals(asked, stock.asked.get(), "it is left alone");
  }

  private static String text(Response response) {
    return new String(((dev.edge4j.http.Body.Bytes) response.body()).bytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void aPass() {
    var breaker = CircuitBreaker.of("origin", BreakerOptions.defaults());
    for (int i = 0; i < 20; i++) {
      assertEquals(CircuitBreaker.Position.CLOSED, breaker.position());
      ask(breaker, i % 2 == 0 ? 503 : 404);
    }
    assertEquals(CircuitBreaker.Position.OPEN, breaker.position());
  }

  private static void ask(CircuitBreaker breaker, int answered) {
    Callable<Integer> origin = () -> answered;
    try {
      // tag::pass[]
      CircuitBreaker.Pass pass = breaker.pass();
      int status = origin.call();
      if (status >= 500) {
        pass.failed();
      } else {
        pass.succeeded();
      }
      // end::pass[]
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aBudget() throws Exception {
    var tries = new AtomicInteger();
    Callable<String> down = () -> {
      tries.incrementAndGet();
      throw new IOException("refused");
    };
    var budget = RetryBudget.of(0, 1);
    for (int i = 0; i < 100; i++) {
      assertThrows(IOException.class, () -> twiceAtMost(budget, down));
    }
    assertTrue(tries.get() >= 110 && tries.get() < 200, tries + " tries");
    assertEquals("x", twiceAtMost(RetryBudget.create(), () -> "x"));
  }

  // tag::budget[]
  static String twiceAtMost(RetryBudget budget, Callable<String> ask) throws Exception {
    budget.request();
    try {
      return ask.call();
    } catch (IOException e) {
      if (budget.tryRetry()) {
        return ask.call();
      }
      throw e;
    }
  }
  // end::budget[]

  @Test
  void aThrottle() {
    var search = new Stock();
    // tag::throttle[]
    var throttle = AdaptiveThrottle.create();
    app.get("/search", c -> {
      if (!throttle.tryRequest()) {
        throw new ServiceUnavailable("the search is overloaded", Duration.ofSeconds(1));
      }
      int found = search.left(c.query("q").orElse(""));
      throttle.accepted(); // as is every end that is no sign of overload
      return c.text("found: " + found);
    });
    // end::throttle[]
    assertEquals("found: 3", text(app.request(Request.get("/search?q=tea"))));
    search.down = true;
    for (int i = 0; i < 500; i++) {
      app.request(Request.get("/search?q=tea"));
    }
    assertTrue(search.asked.get() < 100, search.asked + " of 500 were asked of a search that is down");
  }

  @Test
  void limits() {
    // tag::limits[]
    var bulkhead = Bulkhead.of(20, 50, Duration.ofMillis(500)); // 20 at once, 50 more may wait half a second
    var breaker = CircuitBreaker.of("reports", BreakerOptions.defaults());
    app.use("/reports/*", BulkheadLimit.by(bulkhead), CircuitBreaking.by(breaker));
    app.get("/reports/:id", c -> c.text("report " + c.param("id").asString()));
    // end::limits[]
    assertEquals("report 7", text(app.request(Request.get("/reports/7"))));
    assertEquals(0, bulkhead.inUse());
  }

  @Test
  void coldCaches() {
    var misses = new AtomicInteger();
    // tag::misses[]
    var limiter = MissLimiter.of(5, 200, Duration.ofMinutes(2)); // one for each origin
    app.get("/page", c -> {
      try (Permit _ = limiter.tryAcquire()
          .orElseThrow(() -> new ServiceUnavailable("the cache is still cold", Duration.ofSeconds(2)))) {
        return c.text("miss " + misses.incrementAndGet());
      }
    });
    // end::misses[]
    assertEquals("miss 1", text(app.request(Request.get("/page"))));
    assertEquals(0, limiter.inFlight());
  }

  @Test
  void shedding() {
    // tag::shedding[]
    var limit = AdaptiveLimit.create();
    app.use(AdaptiveConcurrency.by(limit)
        .priority(c -> c.path().startsWith("/batch/") ? Priority.SHEDDABLE : Priority.NORMAL));
    // end::shedding[]
    app.get("/batch/1", c -> c.text("in flight: " + limit.inFlight()));
    assertEquals("in flight: 1", text(app.request(Request.get("/batch/1"))));
    assertEquals(0, limit.inFlight());
  }

  @Test
  void idempotency() {
    var orders = new AtomicInteger();
    KvStore store = new MemoryKv();
    // tag::idempotency[]
    app.use(Idempotency.over(store).required().ttl(Duration.ofHours(12)));
    app.post("/orders", c -> c.text(201, "order " + orders.incrementAndGet()));
    // end::idempotency[]
    Request order = Request.post("/orders").withHeader("Idempotency-Key", "\"8e03978e-40d5-43dd\"");
    for (int i = 0; i < 3; i++) {
      assertEquals("order 1", text(app.request(order)));
    }
    assertEquals(400, app.request(Request.post("/orders")).status());
  }
}
