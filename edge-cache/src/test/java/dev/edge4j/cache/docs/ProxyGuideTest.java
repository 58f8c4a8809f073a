package dev.edge4j.cache.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.cache.http.CachePolicy;
import dev.edge4j.cache.response.ResponseCache;
import dev.edge4j.client.OriginClient;
import dev.edge4j.http.Response;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.proxy.Proxy;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.testing.TestClient;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The listing about a cache in front of another server in docs/caching.md. */
class ProxyGuideTest {
  private final KvStore kv = new MemoryKv();

  @Test
  void aCacheInFrontOfAnotherServer() throws Exception {
    var shop = new App();
    shop.get("/tea", c -> c.text("Green tea").withHeader("Cache-Control", "max-age=60"));
    Server origin = Server.start(shop, ServerOptions.port(0).withHost("127.0.0.1"));
    String address = "http://127.0.0.1:" + origin.port();
    var app = new App();
    // tag::proxy[]
    OriginClient origins = OriginClient.to(address);
    app.use("/*", ResponseCache.create(kv)
        .policy(CachePolicy.EXPLICIT.staleFor(Duration.ofSeconds(30), Duration.ofHours(24)))
        .etags(false) // the origin's own, or none
        .lastResort(Response.html(503, "<h1>We are back soon</h1>")));
    app.all("/*", Proxy.to(origins));
    // end::proxy[]
    try (origins; var client = TestClient.inProcess(app)) {
      assertEquals(Optional.of("MISS"), client.get("/tea").header("X-Cache"));
      origin.close();
      assertEquals(Optional.of("HIT"), client.get("/tea").header("X-Cache"));
      assertEquals(Optional.of("FALLBACK"), client.get("/coffee").header("X-Cache"));
    } finally {
      origin.close();
    }
  }
}
