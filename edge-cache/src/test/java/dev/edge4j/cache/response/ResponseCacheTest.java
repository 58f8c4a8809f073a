package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Exchange;
import dev.edge4j.Handler;
import dev.edge4j.HttpError;
import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An application answers from the cache what it may, and says so. */
class ResponseCacheTest {
  private final TestClock clock = new TestClock();
  private final MemoryKv kv = new MemoryKv(1_000, clock);
  private final AtomicInteger calls = new AtomicInteger();

  private ResponseCache cache() {
    return ResponseCache.create(kv).ttl(Duration.ofSeconds(60)).clock(clock);
  }

  private static App app(ResponseCache cache, Handler handler) {
    var app = new App();
    app.use("/*", cache);
    app.get("/tea", handler);
    app.post("/tea", c -> c.text("changed"));
    return app;
  }

  private Handler counting(String control) {
    return c -> c.text("answer " + calls.incrementAndGet()).withHeader("Cache-Control", control);
  }

  private void untilStored(int keys) {
    Waiting.until(() -> kv.list("rc:", "", 10).size() == keys);
  }

  private static void assertAnswer(String text, String xCache, Response response) {
    assertEquals(text + " " + xCache, response.text() + " " + response.header("X-Cache").orElse("-"));
  }

  @Test
  void aMissThenHitsWithTheirAge() {
    App app = app(cache(), c -> c.text("answer " + calls.incrementAndGet()));
    Response miss = app.request("/tea");
    assertAnswer("answer 1", "MISS", miss);
    assertEquals("edge4j; fwd=uri-miss; fwd-status=200; ttl=60; stored", miss.header("Cache-Status").orElseThrow());
    clock.advance(Duration.ofSeconds(7));
    Response hit = app.request("/tea");
    assertAnswer("answer 1", "HIT", hit);
    assertEquals("7", hit.header("Age").orElseThrow());
    assertEquals("edge4j; hit; ttl=53; detail=memory", hit.header("Cache-Status").orElseThrow());
    assertEquals(miss.header("Content-Type"), hit.header("Content-Type"));
    clock.advance(Duration.ofSeconds(53));
    assertAnswer("answer 2", "MISS", app.request("/tea"));
    assertAnswer("answer 2", "HIT", app.request(Request.of(Method.HEAD, "/tea")));
    assertAnswer("answer 3", "MISS", app.request("/tea?page=2"));
  }

  @Test
  void aHitInMemoryNeedsNoThread() {
    App app = app(cache(), counting("max-age=60"));
    app.request("/tea");
    Exchange exchange = app.open(Request.get("/tea"));
    assertAnswer("answer 1", "HIT", exchange.fastLane().orElseThrow());
  }

  @Test
  void theStoreOutlivesTheProcess() {
    App before = app(cache(), counting("max-age=60"));
    before.request("/tea");
    untilStored(2);
    clock.advance(Duration.ofSeconds(5));
    Response hit = app(cache(), counting("max-age=60")).request("/tea");
    assertAnswer("answer 1", "HIT", hit);
    assertEquals("5", hit.header("Age").orElseThrow());
  }

  @Test
  void aStaleAnswerLeavesAtOnceAndIsRefreshedAfterwards() {
    App app = app(cache(), counting("max-age=60, stale-while-revalidate=60"));
    app.request("/tea");
    clock.advance(Duration.ofSeconds(60));
    assertAnswer("answer 1", "STALE", app.request("/tea"));
    Waiting.until(() -> app.request("/tea").text().equals("answer 2"));
    assertAnswer("answer 2", "HIT", app.request("/tea"));
    assertEquals(2, calls.get());
  }

  @Test
  void aStaleAnswerStandsInForAFailure() {
    Handler handler = c -> {
      int call = calls.incrementAndGet();
      if (call == 2) {
        throw new IllegalStateException("database");
      }
      return call == 3 ? c.text(503, "busy")
          : c.text("answer " + call).withHeader("Cache-Control", "max-age=60, stale-if-error=600");
    };
    App app = app(cache(), handler);
    app.request("/tea");
    clock.advance(Duration.ofSeconds(60));
    assertAnswer("answer 1", "STALE", app.request("/tea"));
    assertAnswer("answer 1", "STALE", app.request("/tea"));
    assertAnswer("answer 4", "MISS", app.request("/tea"));
  }

  @Test
  void whatTheClientDidWrongIsNotHidden() {
    App app = app(cache(), c -> {
      if (calls.incrementAndGet() > 1) {
        throw new HttpError(404, "sold out");
      }
      return c.text("tea").withHeader("Cache-Control", "max-age=1, stale-if-error=600");
    });
    app.request("/tea");
    clock.advance(Duration.ofSeconds(1));
    assertEquals(404, app.request("/tea").status());
  }

  @Test
  void languagesAreKeptApart() {
    App app = app(cache().vary("Accept-Language"), c -> c.text(c.header("Accept-Language").orElse("-")));
    for (String language : List.of("de", "en", "de", "en")) {
      Response response = app.request(Request.get("/tea").withHeader("Accept-Language", language));
      assertEquals(language, response.text());
      assertEquals("accept-language", response.header("Vary").orElseThrow());
    }
    assertAnswer("de", "HIT", app.request(Request.get("/tea").withHeader("Accept-Language", "DE")));
  }

  @Test
  void aVaryThatTheResponseNamesIsLearned() {
    Handler handler = c -> c.text(c.header("X-Tenant").orElse("-")).withHeader("Vary", "X-Tenant");
    App app = app(cache(), handler);
    for (String tenant : List.of("a", "b")) {
      assertAnswer(tenant, "MISS", app.request(Request.get("/tea").withHeader("X-Tenant", tenant)));
    }
    untilStored(3);
    App restarted = app(cache(), handler);
    for (String tenant : List.of("a", "b")) {
      assertAnswer(tenant, "HIT", app.request(Request.get("/tea").withHeader("X-Tenant", tenant)));
      assertAnswer(tenant, "HIT", restarted.request(Request.get("/tea").withHeader("X-Tenant", tenant)));
    }
  }

  @Test
  void whatIsForOneVisitorIsNotShared() {
    for (String control : List.of("private", "no-store", "no-cache")) {
      App app = app(cache(), counting(control));
      assertFalse(app.request("/tea").text().equals(app.request("/tea").text()), control);
    }
    App signedIn = app(cache(), counting("max-age=60"));
    Request request = Request.get("/tea").withHeader("Authorization", "Bearer x");
    assertFalse(signedIn.request(request).text().equals(signedIn.request(request).text()));
  }

  @Test
  void aReloadFetchesAndStores() {
    App app = app(cache(), counting("max-age=60"));
    app.request("/tea");
    Response reloaded = app.request(Request.get("/tea").withHeader("Cache-Control", "no-cache"));
    assertAnswer("answer 2", "MISS", reloaded);
    assertEquals("edge4j; fwd=request; fwd-status=200; ttl=60; stored", reloaded.header("Cache-Status").orElseThrow());
    assertAnswer("answer 2", "HIT", app.request("/tea"));
  }

  @Test
  void anUnsafeMethodInvalidatesItsTargetInBothLayers() {
    App app = app(cache(), counting("max-age=60"));
    app.request("/tea");
    untilStored(2);
    assertAnswer("answer 1", "HIT", app(cache(), counting("max-age=60")).request("/tea")); // another node, from the store
    app.request(Request.post("/tea"));
    assertAnswer("answer 2", "MISS", app.request("/tea"));
    app.request(Request.post("/tea"));
    assertAnswer("answer 3", "MISS", app.request("/tea"));
    app.request(Request.post("/tea"));
    Waiting.until(() -> app(cache(), counting("max-age=60")).request("/tea")
        .header("X-Cache")
        .orElse("")
        .equals("MISS"));
  }

  @Test
  void whatWasFetchedBeforeAnUnsafeMethodIsNotStored() throws Exception {
    var entered = new CountDownLatch(1);
    var opened = new CountDownLatch(1);
    App app = app(cache(), c -> {
      int call = calls.incrementAndGet();
      if (call == 1) {
        entered.countDown();
        Waiting.until(opened);
      }
      return c.text("answer " + call);
    });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Response> slow = threads.submit(() -> app.request("/tea"));
      Waiting.until(entered);
      app.request(Request.post("/tea"));
      opened.countDown();
      assertEquals("answer 1", slow.get().text());
    }
    assertAnswer("answer 2", "MISS", app.request("/tea"));
  }

  @Test
  void concurrentMissesFetchOnce() throws Exception {
    var opened = new CountDownLatch(1);
    App app = app(cache(), c -> {
      Waiting.until(opened);
      return c.text("answer " + calls.incrementAndGet());
    });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> clients = new ArrayList<>();
      var arrived = new CountDownLatch(20);
      for (int i = 0; i < 20; i++) {
        clients.add(threads.submit(() -> {
          arrived.countDown();
          return app.request("/tea");
        }));
      }
      Waiting.until(arrived);
      opened.countDown();
      for (Future<Response> client : clients) {
        assertEquals("answer 1", client.get().text());
      }
    }
  }

  @Test
  void whatProvedNotToBeShareableIsFetchedInParallel() throws Exception {
    var together = new CountDownLatch(5);
    App app = app(cache(), c -> {
      if (calls.incrementAndGet() > 1) {
        together.countDown();
        Waiting.until(together);
      }
      return c.text("mine").withHeader("Cache-Control", "private");
    });
    app.request("/tea");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> clients = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        clients.add(threads.submit(() -> app.request("/tea")));
      }
      for (Future<Response> client : clients) {
        assertEquals("mine", client.get().text());
      }
    }
  }

  @Test
  void aStoreThatFailsIsNotNoticed() {
    var store = new FailingKv(kv);
    store.cut = true;
    App app = app(ResponseCache.create(store).clock(clock), counting("max-age=60"));
    assertAnswer("answer 1", "MISS", app.request("/tea"));
    assertAnswer("answer 1", "HIT", app.request("/tea"));
    app.request(Request.post("/tea"));
    assertAnswer("answer 2", "MISS", app.request("/tea"));
  }
}
