package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.AddressBlock;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.TrustedProxies;
import dev.edge4j.middleware.AccessLog;
import dev.edge4j.middleware.Csrf;
import dev.edge4j.middleware.IpRules;
import dev.edge4j.middleware.MethodOverride;
import dev.edge4j.middleware.RateLimit;
import dev.edge4j.middleware.SecureHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything behind trusted proxies sees the one client, scheme and host that were decided in front of all of it. */
class TheClientIsDecidedOnceTest {
  private final App app = new App().behind(TrustedProxies.of("10.0.0.0/8").withHost());

  private static Request from(String peer, String client, String... more) {
    Headers fields = Headers.of(more).withAdded("X-Forwarded-For", client);
    return Request.get("/").withHeaders(fields).withPeer(AddressBlock.parseAddress(peer).orElseThrow());
  }

  private static Request through(String client, String... more) {
    return from("10.0.0.1", client, more);
  }

  @Test
  void byTheHandler() {
    app.get("/", c -> c.text(c.client().address().getHostAddress() + " " + c.request().scheme() + " " + c.request()
        .host() + " " + c.header("X-Forwarded-For").isPresent()));
    assertEquals("203.0.113.9 https shop.example false", app.request(through("203.0.113.9", "X-Forwarded-Proto",
        "https", "X-Forwarded-Host", "shop.example")).text());
    assertEquals("192.0.2.7 http shop.example false", app.request(from("192.0.2.7", "203.0.113.9", "X-Forwarded-Proto",
        "https", "Host", "shop.example", "X-Forwarded-Host", "evil.example")).text());
  }

  @Test
  void byLimitsAndRules() {
    app.use(IpRules.denying("203.0.113.13"), RateLimit.perClient(1, Duration.ofMinutes(1)));
    app.get("/", c -> c.text("in"));
    assertEquals(200, app.request(through("203.0.113.1")).status());
    assertEquals(200, app.request(through("203.0.113.2")).status());
    assertEquals(429, app.request(through("192.0.2.66, 203.0.113.2")).status());
    assertEquals(403, app.request(through("203.0.113.13")).status());
    assertEquals(403, app.request(through("192.0.2.1, ::ffff:203.0.113.13")).status());
  }

  @Test
  void byAStrangerWhoNamesHimselfAProxyNothingIsGained() {
    app.use(RateLimit.perClient(1, Duration.ofMinutes(1)), IpRules.allow("10.0.0.0/8", "192.0.2.0/24"));
    app.get("/", c -> c.text("in"));
    assertEquals(403, app.request(from("203.0.113.9", "10.0.0.1")).status());
    assertEquals(200, app.request(from("192.0.2.9", "10.0.0.1")).status());
    assertEquals(429, app.request(from("192.0.2.9", "10.0.0.2")).status());
  }

  @Test
  void byTheLog() {
    List<String> lines = new ArrayList<>();
    app.use(AccessLog.to(lines::add));
    app.get("/", c -> c.text("ok"));
    app.request(through("203.0.113.9"));
    assertTrue(lines.getFirst().endsWith("client=203.0.113.9"), lines.toString());
  }

  @Test
  void byTheSchemeStrictTransportSecurityIsTold() {
    app.use(SecureHeaders.create());
    app.get("/", c -> c.text("ok"));
    assertTrue(app.request(through("203.0.113.9", "X-Forwarded-Proto", "https"))
        .headers()
        .contains("Strict-Transport-Security"));
    assertFalse(app.request(from("192.0.2.9", "203.0.113.9", "X-Forwarded-Proto", "https"))
        .headers()
        .contains("Strict-Transport-Security"));
  }

  @Test
  void byTheHostAnOriginIsCompared() {
    app.use(Csrf.create());
    app.post("/", c -> c.text("ok"));
    Request own = Request.post("/")
        .withHeaders(Headers.of("Host", "inner:8080", "Origin", "https://shop.example", "X-Forwarded-Host",
            "shop.example"));
    assertEquals(200, app.request(own.withPeer(through("203.0.113.9").peer())).status());
    assertEquals(403, app.request(own.withPeer(from("192.0.2.9", "").peer())).status());
  }

  @Test
  void byTheHostARouteIsFound() {
    app.get("/", c -> c.text("any"));
    var other = new App().behind(TrustedProxies.of("10.0.0.0/8").withHost());
    other.host("shop.example", shop -> shop.get("/", c -> c.text("shop")));
    Request asked = through("203.0.113.9", "Host", "inner", "X-Forwarded-Host", "shop.example");
    assertEquals("shop", other.request(asked).text());
    assertEquals(404, other.request(asked.withPeer(from("192.0.2.9", "").peer())).status());
  }

  @Test
  void byMountedApplicationsAndCanaries() {
    var stable = new App().behind(TrustedProxies.count(5));
    var next = new App();
    for (App version : List.of(stable, next)) {
      version.get("/", c -> c.text(c.client().address().getHostAddress()));
    }
    List<Object> visitors = new ArrayList<>();
    app.mount("/", Canary.of(stable, next).share(0.5).by(c -> {
      visitors.add(c.client().address().getHostAddress());
      return "";
    }));
    assertEquals("203.0.113.9", app.request(through("192.0.2.66, 203.0.113.9")).text());
    assertEquals(List.of("203.0.113.9"), visitors);
  }

  @Test
  void byTheApplicationThatOverridesMethods() {
    app.put("/", c -> c.text(c.client().address().getHostAddress()));
    App around = MethodOverride.header("X-HTTP-Method-Override").around(app);
    Request request = Request.post("/")
        .withHeaders(Headers.of("X-Forwarded-For", "203.0.113.9", "X-HTTP-Method-Override", "PUT"))
        .withPeer(through("203.0.113.9").peer());
    assertEquals("203.0.113.9", around.request(request).text());
  }

  @Test
  void beforeTheFirstRequestOrNotAtAll() {
    app.seal();
    assertThrows(IllegalStateException.class, () -> app.behind(TrustedProxies.count(1)));
  }

  @Test
  void withoutTrustTheConnectionDecides() {
    var plain = new App();
    plain.get("/", c -> c.text(c.client().address().getHostAddress() + " " + c.request().scheme()));
    assertEquals("10.0.0.1 http", plain.request(through("203.0.113.9", "X-Forwarded-Proto", "https")).text());
  }
}
