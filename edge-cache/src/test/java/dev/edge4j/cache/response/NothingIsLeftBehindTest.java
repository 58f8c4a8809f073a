package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.http.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Fetches, budgets and locks are given back, whatever throws and whatever is learned meanwhile. */
class NothingIsLeftBehindTest {
  private final TestClock clock = new TestClock();

  @Test
  void aFetchIsFoundByNoKeyOnceItIsOver() {
    var engine = new Engine(new Settings(Optional.empty()));
    Request request = Request.get("/tea").withHeader("Accept-Language", "de").withHeader("Accept", "text/html");
    String primary = "GET http:///tea";
    var fetch = new Fetch(engine, primary, primary, request, true);
    engine.fetches.joinOrLead(primary, fetch, Fetch::isGood);
    engine.marks.vary(primary, List.of("accept-language"));
    String german = Keys.variant(engine, primary, request);
    fetch.arriving(new Filling(10, new Budget(100), Duration.ofSeconds(1), () -> {}));
    assertTrue(engine.fetches.isUnderWay(german));
    engine.marks.vary(primary, List.of("accept")); // another answer meanwhile depends on something else
    fetch.end();
    assertFalse(engine.fetches.isUnderWay(primary));
    assertFalse(engine.fetches.isUnderWay(german));
    engine.close();
  }

  /** Who looks for a fetch to join holds a lock of the table, and what overflows takes it. */
  @Test
  void aBodyThatOverflowsHoldsNoLockThatOthersWaitFor() throws Exception {
    var asked = new CountDownLatch(1);
    var inTime = new AtomicBoolean();
    Filling[] filling = {null};
    filling[0] = new Filling(1, new Budget(1_000), Duration.ofSeconds(1), () -> {
      Thread.ofVirtual().start(() -> {
        filling[0].open();
        asked.countDown();
      });
      try {
        inTime.set(asked.await(5, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    filling[0].append(new byte[0]);
    filling[0].stop();
    try {
      filling[0].append(new byte[10]);
    } catch (java.io.IOException stopped) {
      assertEquals("nobody waits for this body any more", stopped.getMessage());
    }
    assertTrue(inTime.get());
  }

  @Test
  void aListenerThatThrowsIsNobodysError() {
    ResponseCache cache = ResponseCache.create().clock(clock).listener((_, _) -> {
      throw new IllegalStateException("a listener");
    });
    var app = new App();
    app.use("/*", cache);
    app.get("/tea", c -> c.text("tea").withHeader("Cache-Control", "max-age=60"));
    app.post("/tea", c -> c.text("changed"));
    for (int i = 0; i < 3; i++) {
      assertEquals("tea", app.request("/tea").text());
    }
    assertEquals(200, app.request(Request.post("/tea")).status());
    assertEquals("tea", app.request("/tea").text());
    Waiting.until(() -> cache.stats().of(ResponseEvent.HIT) >= 2);
  }

  @Test
  void aTagOfAnyLengthIsNoErrorAndCanBePurged() {
    String tag = "tea".repeat(1_000);
    ResponseCache cache = ResponseCache.create().clock(clock);
    var app = new App();
    app.use("/*", cache);
    app.get("/tea", c -> c.text("tea").withHeader("Cache-Control", "max-age=60").withHeader("Cache-Tag", tag));
    assertEquals(200, app.request("/tea").status());
    assertEquals("HIT", app.request("/tea").header("X-Cache").orElseThrow());
    cache.purgeTag(tag);
    assertEquals("MISS", app.request("/tea").header("X-Cache").orElseThrow());
  }
}
