package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.HttpError;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is stale is validated, and a 304 makes it fresh; what the client asks about is answered from what is stored. */
class ValidationMergesTest {
  private final TestClock clock = new TestClock();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private ResponseCache cache() {
    return ResponseCache.create().clock(clock);
  }

  private static App app(ResponseCache cache, Handler handler) {
    var app = new App();
    app.use("/*", cache);
    app.get("/tea", handler);
    return app;
  }

  /** Version 1 of tea, which it can validate. */
  private Handler origin(String control) {
    return c -> {
      String condition = c.header("If-None-Match").orElse("-") + c.header("Range").orElse("");
      asked.add(condition);
      Response whole = c.text("0123456789").withHeader("Cache-Control", control).withHeader("ETag", "\"1\"");
      return condition.equals("\"1\"") ? Response.of(304)
          .withHeader("ETag", "\"1\"")
          .withHeader("Cache-Control", control)
          .withHeader("X-Merged", "yes") : whole;
    };
  }

  @Test
  void a304FreshensWhatIsStored() {
    ResponseCache cache = cache();
    App app = app(cache, origin("max-age=60"));
    app.request("/tea");
    clock.advance(Duration.ofSeconds(61));
    Response validated = app.request("/tea");
    assertEquals(200, validated.status());
    assertEquals("0123456789", validated.text());
    assertEquals("REVALIDATED", validated.header("X-Cache").orElseThrow());
    assertEquals("yes", validated.header("X-Merged").orElseThrow());
    assertTrue(validated.header("Cache-Status").orElseThrow().contains("fwd=stale; fwd-status=304"));
    assertEquals("HIT", app.request("/tea").header("X-Cache").orElseThrow());
    assertEquals(List.of("-", "\"1\""), asked);
    assertEquals(1, cache.stats().of(ResponseEvent.VALIDATED));
  }

  @Test
  void whatMayNotBeUsedWithoutIsValidatedEachTime() {
    App app = app(cache(), origin("no-cache"));
    for (int i = 0; i < 3; i++) {
      assertEquals("0123456789", app.request("/tea").text());
    }
    assertEquals(List.of("-", "\"1\"", "\"1\""), asked);
  }

  @Test
  void a304AboutAnotherVersionIsFollowedByAWholeRequest() {
    App app = app(cache(), c -> {
      asked.add(c.header("If-None-Match").orElse("-"));
      return asked.size() == 2 ? Response.of(304).withHeader("ETag", "\"other\"")
          : c.text("answer " + asked.size()).withHeader("Cache-Control", "max-age=60").withHeader("ETag", "\"1\"");
    });
    app.request("/tea");
    clock.advance(Duration.ofSeconds(61));
    assertEquals("answer 3", app.request("/tea").text());
    assertEquals(List.of("-", "\"1\"", "-"), asked);
    assertEquals("answer 3", app.request("/tea").text());
  }

  @Test
  void theClientsOwnConditionsAndRangesAreAnsweredFromTheWhole() {
    App app = app(cache(), origin("max-age=60"));
    Request conditional = Request.get("/tea").withHeader("If-None-Match", "\"1\"");
    assertEquals(304, app.request(conditional).status());
    assertEquals(304, app.request(conditional).status());
    Response part = app.request(Request.get("/tea").withHeader("Range", "bytes=2-4"));
    assertEquals(206, part.status());
    assertEquals("234", part.text());
    assertEquals("bytes 2-4/10", part.header("Content-Range").orElseThrow());
    assertEquals(416, app.request(Request.get("/tea").withHeader("Range", "bytes=10-")).status());
    assertEquals("HIT", app.request(Request.of(Method.HEAD, "/tea")).header("X-Cache").orElseThrow());
    assertEquals(List.of("-"), asked); // one whole request, without the client's condition
  }

  @Test
  void aTagIsMadeOnceForWhatHasNone() {
    App app = app(cache(), c -> c.text("tea").withHeader("Cache-Control", "max-age=60"));
    String tag = app.request("/tea").header("ETag").orElseThrow();
    assertEquals(tag, app.request("/tea").header("ETag").orElseThrow());
    assertEquals(304, app.request(Request.get("/tea").withHeader("If-None-Match", tag)).status());
    App plain = app(cache().etags(false), c -> c.text("tea").withHeader("Cache-Control", "max-age=60"));
    assertTrue(plain.request("/tea").header("ETag").isEmpty());
  }

  @Test
  void whileItIsFetchedAnewNobodyWaits() throws Exception {
    var calls = new ArrayList<Integer>();
    var opened = new java.util.concurrent.CountDownLatch(1);
    ResponseCache cache = cache();
    App app = app(cache, c -> {
      synchronized (calls) {
        calls.add(calls.size());
      }
      if (calls.size() > 1) {
        Waiting.until(opened);
      }
      return c.text("answer " + calls.size()).withHeader("Cache-Control", "max-age=60, stale-while-revalidate=60");
    });
    app.request("/tea");
    clock.advance(Duration.ofSeconds(61));
    for (int i = 0; i < 100; i++) {
      Response stale = app.request("/tea");
      assertEquals("answer 1", stale.text());
      assertEquals("STALE", stale.header("X-Cache").orElseThrow());
      assertEquals("edge4j; hit; ttl=-1; detail=memory", stale.header("Cache-Status").orElseThrow());
    }
    opened.countDown();
    Waiting.until(() -> app.request("/tea").text().equals("answer 2"));
    assertEquals(2, calls.size());
  }

  @Test
  void aStaleAnswerSaysWhyItStandsIn() {
    App app = app(cache(), c -> {
      asked.add("");
      if (asked.size() == 2) {
        throw new IllegalStateException("database");
      }
      return asked.size() == 3 ? c.text(503, "busy")
          : c.text("tea").withHeader("Cache-Control", "max-age=60, stale-if-error=600");
    });
    app.request("/tea");
    clock.advance(Duration.ofSeconds(61));
    assertEquals("edge4j; hit; fwd=stale; ttl=-1; detail=memory", app.request("/tea")
        .header("Cache-Status")
        .orElseThrow());
    assertEquals("edge4j; hit; fwd=stale; fwd-status=503; ttl=-1; detail=memory", app.request("/tea")
        .header("Cache-Status")
        .orElseThrow());
  }

  @Test
  void theLastResortAnswersIfNothingElseDoes() {
    ResponseCache cache = cache().lastResort(Response.html(503, "<h1>Back soon</h1>"));
    App app = app(cache, c -> {
      asked.add("");
      if (asked.size() == 1) {
        throw new IllegalStateException("database");
      }
      if (asked.size() == 2) {
        throw new HttpError(404, "sold out");
      }
      return c.text(502, "bad");
    });
    Response fallback = app.request("/tea");
    assertEquals("<h1>Back soon</h1>", fallback.text());
    assertEquals("FALLBACK", fallback.header("X-Cache").orElseThrow());
    assertEquals("edge4j; fwd=uri-miss; detail=fallback", fallback.header("Cache-Status").orElseThrow());
    assertEquals(404, app.request("/tea").status());
    assertEquals("FALLBACK", app.request("/tea").header("X-Cache").orElseThrow());
    assertEquals(2, cache.stats().of(ResponseEvent.FALLBACK));
  }
}
