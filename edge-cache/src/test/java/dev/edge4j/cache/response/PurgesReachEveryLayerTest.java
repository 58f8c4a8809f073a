package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is purged is not served any more, here and on other nodes; what is expired is validated, or stands in. */
class PurgesReachEveryLayerTest {
  private static final String TOKEN = "a-token-of-many-characters";

  private final TestClock clock = new TestClock();
  private final MemoryKv kv = new MemoryKv(1_000, clock);
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean down;

  private ResponseCache cache() {
    return ResponseCache.create(kv).clock(clock);
  }

  /** A node with a store of its own, in which no late write of another one purges what it has. */
  private ResponseCache alone() {
    return ResponseCache.create(new MemoryKv(1_000, clock)).clock(clock);
  }

  private App app(ResponseCache cache) {
    var app = new App();
    app.mount("/_cache", cache.admin(TOKEN));
    app.use("/shop/*", cache);
    app.get("/shop/:what", c -> {
      if (down) {
        throw new IllegalStateException("database");
      }
      return c.text(c.param("what").asString() + " " + calls.incrementAndGet())
          .withHeader("Cache-Control", "max-age=60, stale-if-error=600")
          .withHeader("Surrogate-Key", "drinks " + c.param("what").asString());
    });
    return app;
  }

  private static String state(App app, String target) {
    return app.request(target).header("X-Cache").orElse("-");
  }

  private void fill(App app) {
    app.request("/shop/tea");
    app.request("/shop/coffee");
    assertEquals("HIT", state(app, "/shop/tea"));
    assertEquals("HIT", state(app, "/shop/coffee"));
  }

  @Test
  void aUrlIsForgottenInMemoryAndInTheStore() {
    ResponseCache cache = cache();
    App app = app(cache);
    fill(app);
    Waiting.until(() -> kv.list("rc:", "", 100).size() >= 4);
    cache.purge("/shop/tea");
    assertEquals("MISS", state(app, "/shop/tea"));
    assertEquals("HIT", state(app, "/shop/coffee"));
    assertEquals("HIT", state(app(cache()), "/shop/coffee"));
    cache.purge("/shop/coffee");
    assertEquals("MISS", state(app(cache()), "/shop/coffee"));
    assertThrows(IllegalArgumentException.class, () -> cache.purge("tea"));
  }

  @Test
  void aTagAndAllAreForgottenOnOtherNodesWithinTheBound() {
    ResponseCache here = cache();
    ResponseCache there = cache();
    App app = app(here);
    App other = app(there);
    fill(app);
    fill(other);
    here.purgeTag("tea");
    assertEquals("MISS", state(app, "/shop/tea"));
    assertEquals("HIT", state(app, "/shop/coffee"));
    clock.advance(Duration.ofMillis(1_001));
    assertEquals("HIT", state(other, "/shop/coffee"));
    assertTrue(Integer.parseInt(other.request("/shop/tea").text().substring(4)) >= 3);
    here.purgeAll();
    assertEquals("MISS", state(app, "/shop/coffee"));
    clock.advance(Duration.ofMillis(1_001));
    int before = calls.get();
    other.request("/shop/tea");
    assertEquals(before + 1, calls.get());
  }

  @Test
  void whatIsExpiredStandsInAndWhatIsPurgedDoesNot() {
    for (boolean soft : List.of(true, false)) {
      for (int how = 0; how < 3; how++) {
        ResponseCache cache = alone();
        App app = app(cache);
        down = false;
        fill(app);
        down = true;
        purge(cache, how, soft);
        Response answer = app.request("/shop/tea");
        assertEquals(soft ? "STALE" : "-", answer.header("X-Cache").orElse("-"), how + " " + soft);
        assertEquals(soft ? 200 : 500, answer.status());
        down = false;
        int before = calls.get();
        app.request("/shop/tea");
        assertEquals(before + 1, calls.get());
      }
    }
  }

  /** The answer may still be on its way to the store when it is expired, and must not take its stand-in with it once it is there. */
  @Test
  void whatIsExpiredRightBehindItsAnswerStandsInToo() {
    for (int i = 0; i < 300; i++) {
      ResponseCache cache = alone();
      App app = app(cache);
      down = false;
      app.request("/shop/tea");
      down = true;
      purge(cache, i % 3, true);
      assertEquals("STALE", state(app, "/shop/tea"), "try " + i);
      assertEquals("STALE", state(app, "/shop/tea"), "try " + i);
    }
  }

  @Test
  void whatAnotherNodeHasPurgedIsNoStandInHoweverItIsExpiredHere() {
    ResponseCache here = cache();
    ResponseCache there = cache();
    App app = app(here);
    fill(app);
    fill(app(there));
    there.purge("/shop/tea"); // of which this node need not know for a second
    here.expire("/shop/tea");
    down = true;
    assertEquals(500, app.request("/shop/tea").status());
  }

  @Test
  void whatWasPurgedWithAllElseIsNoStandInBecauseItIsExpired() {
    ResponseCache cache = cache();
    App app = app(cache);
    fill(app);
    cache.purgeAll();
    cache.expire("/shop/tea");
    down = true;
    assertEquals(500, app.request("/shop/tea").status());
  }

  private static void purge(ResponseCache cache, int how, boolean soft) {
    switch (how) {
      case 0 -> run(soft, () -> cache.expire("/shop/tea"), () -> cache.purge("/shop/tea"));
      case 1 -> run(soft, () -> cache.expireTag("tea"), () -> cache.purgeTag("tea"));
      default -> run(soft, cache::expireAll, cache::purgeAll);
    }
  }

  private static void run(boolean soft, Runnable expire, Runnable purge) {
    (soft ? expire : purge).run();
  }

  private static Request order(String json) {
    return Request.post("/_cache/purge").withJson(json).withHeader("Authorization", "Bearer " + TOKEN);
  }

  @Test
  void theAdminRoutesPurgeForWhoeverShowsTheToken() {
    App app = app(cache());
    fill(app);
    assertEquals(401, app.request(Request.post("/_cache/purge").withJson("{\"all\":true}")).status());
    assertEquals(401, app.request("/_cache/stats").status());
    assertEquals("HIT", state(app, "/shop/tea"));
    assertEquals("{\"purged\":true,\"soft\":false,\"tag\":\"tea\"}", app.request(order("{\"tag\":\"tea\"}")).text());
    assertEquals("MISS", state(app, "/shop/tea"));
    assertEquals("HIT", state(app, "/shop/coffee"));
    assertEquals(200, app.request(order("{\"url\":\"/shop/coffee\",\"soft\":true}")).status());
    assertEquals("HIT", state(app, "/shop/tea"));
    assertEquals("MISS", app.request("/shop/coffee")
        .header("X-Cache")
        .map(x -> x.equals("REVALIDATED") ? "MISS" : x)
        .orElse(
            "-"));
    Request purge = Request.of(Method.of("PURGE"), "/_cache/shop/tea").withHeader("Authorization", "Bearer " + TOKEN);
    assertEquals(200, app.request(purge).status());
    assertEquals("MISS", state(app, "/shop/tea"));
    assertEquals(200, app.request(order("{\"all\":true}")).status());
    assertEquals("MISS", state(app, "/shop/coffee"));
    assertEquals(400, app.request(order("{}")).status());
    assertEquals(400, app.request(order("{\"url\":\"/a\",\"tag\":\"b\"}")).status());
    assertEquals(400, app.request(order("{\"url\":\"nowhere\"}")).status());
    Response stats = app.request(Request.get("/_cache/stats").withHeader("Authorization", "Bearer " + TOKEN));
    assertTrue(stats.text().contains("\"purged\":4"), stats.text());
    assertThrows(IllegalArgumentException.class, () -> cache().admin("short"));
  }

  @Test
  void unsafeMethodsInvalidateWhatTheyNameAndTheirGroups() {
    ResponseCache cache = cache();
    var app = new App();
    app.use("/*", cache);
    app.get("/list", c -> c.text("list").withHeader("Cache-Control", "max-age=60"));
    app.get("/grouped", c -> c.text("grouped")
        .withHeader("Cache-Control", "max-age=60")
        .withHeader("Cache-Groups",
            "\"teas\""));
    app.post("/teas", c -> c.text("made")
        .withHeader("Location", "/list")
        .withHeader("Cache-Group-Invalidation", "\"teas\""));
    for (String target : List.of("/list", "/grouped")) {
      app.request(at(Request.get(target)));
      assertEquals("HIT", app.request(at(Request.get(target))).header("X-Cache").orElseThrow());
    }
    app.request(at(Request.post("/teas")));
    assertEquals("MISS", app.request(at(Request.get("/list"))).header("X-Cache").orElseThrow());
    Waiting.until(() -> app.request(at(Request.get("/grouped"))).header("X-Cache").orElseThrow().equals("MISS"));
  }

  private static Request at(Request request) {
    return request.withHeader("Host", "shop.example");
  }
}
