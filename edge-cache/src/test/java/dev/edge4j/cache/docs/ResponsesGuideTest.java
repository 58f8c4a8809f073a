package dev.edge4j.cache.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.cache.http.CachePolicy;
import dev.edge4j.cache.response.ResponseCache;
import dev.edge4j.cache.response.ResponseEvent;
import dev.edge4j.cache.response.ResponseStats;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.middleware.compression.Gzip;
import dev.edge4j.resilience.MissLimiter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The listings of docs/caching.md on responses. */
class ResponsesGuideTest {
  private final KvStore kv = new MemoryKv();
  private final String token = "the-token-of-the-operators";
  private boolean down;

  @Test
  void settingsAreMadeOnce() {
    var app = new App();
    // tag::settings[]
    ResponseCache pages = ResponseCache.create(kv)
        .policy(CachePolicy.EXPLICIT.freshFor(Duration.ofMinutes(1))
            .staleFor(Duration.ofMinutes(10), Duration.ofHours(24)))
        .encoded(Gzip.create())
        .limiter(MissLimiter.of(8, 32, Duration.ofSeconds(30)))
        .lastResort(Response.html(503, "<h1>We are back soon</h1>"))
        .memory(256 << 20)
        .maxBody(4 << 20);
    app.use("/pages/*", pages);
    // end::settings[]
    app.get("/pages/:name", c -> {
      if (down) {
        throw new IllegalStateException("the database is away");
      }
      return c.html("<p>" + "tea ".repeat(500));
    });
    assertEquals("MISS", app.request("/pages/tea").header("X-Cache").orElseThrow());
    Response hit = app.request(Request.get("/pages/tea").withHeader("Accept-Encoding", "gzip"));
    assertEquals("gzip", hit.header("Content-Encoding").orElseThrow());
    down = true;
    assertEquals("FALLBACK", app.request("/pages/coffee").header("X-Cache").orElseThrow());
  }

  @Test
  void whatChangedIsPurged() {
    ResponseCache cache = ResponseCache.create(kv);
    var app = new App();
    // tag::purge[]
    app.use("/products/*", cache);
    app.get("/products/:id", c -> c.text("Green tea")
        .withHeader("Cache-Control", "max-age=3600")
        .withHeader("Surrogate-Key", "product-" + c.param("id").asString() + " teas"));

    cache.purge("https://shop.example/products/7"); // all variants of one URL
    cache.purgeTag("teas"); // all that names this surrogate key, on every node
    cache.expireTag("teas"); // the same, but it may still stand in for a failure
    cache.purgeAll();

    app.mount("/_cache", cache.admin(token)); // POST /_cache/purge {"tag": "teas", "soft": true}
    // end::purge[]
    app.request("/products/7");
    assertEquals("HIT", app.request("/products/7").header("X-Cache").orElseThrow());
    Request order = Request.post("/_cache/purge").withJson("{\"tag\": \"teas\", \"soft\": true}");
    assertEquals(401, app.request(order).status());
    assertEquals(200, app.request(order.withHeader("Authorization", "Bearer " + token)).status());
    assertEquals("MISS", app.request("/products/7").header("X-Cache").orElseThrow());
  }

  @Test
  void aRestartBeginsWarm() {
    var app = new App();
    // tag::warm[]
    ResponseCache cache = ResponseCache.create(kv).warmStart(1_000);
    app.use("/*", cache);
    int loaded = cache.warm(); // what the last process used most, before the first request
    // end::warm[]
    assertEquals(0, loaded);
    app.get("/tea", c -> c.text("tea").withHeader("Cache-Control", "max-age=60"));
    app.request("/tea");
    // tag::stats[]
    ResponseStats stats = cache.stats();
    long misses = stats.of(ResponseEvent.MISS);
    // end::stats[]
    assertEquals(1, misses);
    assertTrue(stats.bytes() > 0);
    cache.close();
  }
}
