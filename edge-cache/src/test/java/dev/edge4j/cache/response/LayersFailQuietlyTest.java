package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.resilience.MissLimiter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each layer can be away: the next one answers, and says so. */
class LayersFailQuietlyTest {
  private final TestClock clock = new TestClock();
  private final FailingKv kv = new FailingKv(new MemoryKv(1_000, clock));
  private final AtomicInteger calls = new AtomicInteger();

  private App app(ResponseCache cache) {
    var app = new App();
    app.use("/*", cache);
    app.get("/tea/:id", c -> c.text("answer " + calls.incrementAndGet()).withHeader("Cache-Control", "max-age=60"));
    app.post("/tea/:id", c -> c.text("changed"));
    return app;
  }

  private ResponseCache cache() {
    return ResponseCache.create(kv).clock(clock);
  }

  @Test
  void aStoreThatIsCutMidRunReachesNoCaller() {
    ResponseCache cache = cache();
    App app = app(cache);
    for (int i = 0; i < 50; i++) {
      kv.cut = i % 3 == 1;
      Response response = i % 7 == 6 ? app.request(Request.post("/tea/" + i % 5)) : app.request("/tea/" + i % 5);
      assertEquals(200, response.status());
    }
    kv.cut = true;
    cache.purge("/tea/1");
    cache.purgeTag("x");
    cache.purgeAll();
    assertEquals("MISS", app.request("/tea/1").header("X-Cache").orElseThrow());
    assertTrue(cache.stats().of(ResponseEvent.KV_FAILED) > 0);
  }

  @Test
  void theStoreAnswersAfterARestartAndSaysSo() {
    App first = app(cache());
    first.request("/tea/1");
    Waiting.until(() -> kv.list("rc:", "", 10).size() >= 2);
    App second = app(cache());
    assertEquals("edge4j; hit; ttl=60; detail=kv", second.request("/tea/1").header("Cache-Status").orElseThrow());
    assertEquals("edge4j; hit; ttl=60; detail=memory", second.request("/tea/1").header("Cache-Status").orElseThrow());
    assertEquals(1, calls.get());
  }

  @Test
  void whatWasUsedMostIsInMemoryBeforeTheFirstRequest() {
    ResponseCache before = cache().warmStart(100);
    App first = app(before);
    for (int i = 0; i < 3; i++) {
      first.request("/tea/" + i);
    }
    Waiting.until(() -> kv.list("rc:", "", 100).size() >= 6);
    before.close();
    ResponseCache after = cache().warmStart(100);
    App second = app(after);
    assertEquals(3, after.warm());
    kv.cut = true;
    for (int i = 0; i < 3; i++) {
      assertEquals("HIT", second.request("/tea/" + i).header("X-Cache").orElseThrow());
    }
    assertEquals(3, calls.get());
  }

  @Test
  void noMoreMissesAreBehindThanTheLimiterAllows() throws Exception {
    var opened = new CountDownLatch(1);
    ResponseCache cache = ResponseCache.create().limiter(MissLimiter.of(1, 1, Duration.ZERO));
    var app = new App();
    app.use("/*", cache);
    app.get("/tea/:id", c -> {
      calls.incrementAndGet();
      Waiting.until(opened);
      return c.text("tea");
    });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Response> first = threads.submit(() -> app.request("/tea/1"));
      Waiting.until(() -> calls.get() == 1);
      assertEquals(503, app.request("/tea/2").status());
      opened.countDown();
      assertEquals(200, first.get().status());
    }
    Waiting.until(() -> app.request("/tea/2").status() == 200);
  }

  @Test
  void memoryIsBoundByBytes() {
    ResponseCache cache = ResponseCache.create().memory(100_000).clock(clock);
    var app = new App();
    app.use("/*", cache);
    app.get("/tea/:id", c -> c.text("x".repeat(10_000)).withHeader("Cache-Control", "max-age=60"));
    for (int i = 0; i < 100; i++) {
      app.request("/tea/" + i);
    }
    Waiting.until(() -> cache.stats().bytes() <= 100_000 && cache.stats().of(ResponseEvent.EVICTED) > 80);
    assertTrue(cache.stats().targets() > 0);
  }

  @Test
  void whatSaysNothingIsAnsweredWhenTheTimeForAFetchIsOver() throws Exception {
    var opened = new CountDownLatch(1);
    var app = new App();
    app.use("/*", ResponseCache.create().fetchTimeout(Duration.ofMillis(50)));
    app.get("/tea", c -> {
      Waiting.until(opened);
      return c.text("late");
    });
    assertEquals(504, app.request("/tea").status());
    opened.countDown();
  }
}
