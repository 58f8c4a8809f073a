package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.AddressBlock;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.TrustedProxies;
import dev.edge4j.middleware.Cors;
import dev.edge4j.middleware.Csrf;
import dev.edge4j.middleware.IpRules;
import dev.edge4j.middleware.RateLimit;
import dev.edge4j.middleware.RequestId;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.middleware.ratelimit.RateCounts;
import dev.edge4j.middleware.ratelimit.RatePolicy;
import dev.edge4j.middleware.ratelimit.RateStore;
import dev.edge4j.middleware.secure.ContentSecurityPolicy;
import dev.edge4j.middleware.secure.ContentSecurityPolicy.Directive;
import dev.edge4j.middleware.secure.PermissionsPolicy;
import dev.edge4j.middleware.secure.StrictTransport;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The listings of docs/security.md. */
class SecurityGuideTest {
  private App app = new App();

  private static Request from(String peer, Request request) {
    return request.withPeer(AddressBlock.parseAddress(peer).orElseThrow());
  }

  @Test
  void proxies() {
    // tag::proxies[]
    app.behind(TrustedProxies.of("10.0.0.0/24", "fd00:1::/64"));
    app.get("/whoami", c -> c.text(c.client().address().getHostAddress() + " by " + c.request().scheme()));
    // end::proxies[]
    Request told = Request.get("/whoami")
        .withHeader("X-Forwarded-For", "192.0.2.66, 203.0.113.9")
        .withHeader("X-Forwarded-Proto", "https");
    assertEquals("203.0.113.9 by https", app.request(from("10.0.0.7", told)).text());
    assertEquals("198.51.100.1 by http", app.request(from("198.51.100.1", told)).text());
  }

  @Test
  void otherProxies() {
    // tag::kinds[]
    TrustedProxies standard = TrustedProxies.of("10.0.0.0/24").forwarded(); // reads Forwarded, RFC 7239
    TrustedProxies hosting = TrustedProxies.of("10.0.0.0/24").withHost(); // and X-Forwarded-Host
    TrustedProxies platform = TrustedProxies.count(1); // one proxy whose address nobody knows
    TrustedProxies cdn = TrustedProxies.of("10.0.0.0/24").withFields("CF-IPCountry"); // and nobody else's
    // end::kinds[]
    Request asked = from("10.0.0.7", Request.get("/")
        .withHeader("Forwarded", "for=203.0.113.1;host=a.example")
        .withHeader("X-Forwarded-For", "203.0.113.2")
        .withHeader("X-Forwarded-Host", "b.example"));
    assertEquals("a.example", standard.decide(asked).host());
    assertEquals("b.example", hosting.decide(asked).host());
    Request located = Request.get("/").withHeader("cf-ipcountry", "JP");
    assertEquals("JP", cdn.decide(from("10.0.0.7", located)).headers().first("CF-IPCountry").orElse("none"));
    assertEquals("none", cdn.decide(from("198.51.100.1", located)).headers().first("CF-IPCountry").orElse("none"));
    assertEquals("203.0.113.2", platform.decide(from("198.51.100.1", asked)).peer().getHostAddress());
  }

  @Test
  void addresses() {
    // tag::addresses[]
    app.use(IpRules.denying("203.0.113.0/24"));
    app.use("/internal/*", IpRules.allow("10.8.0.0/16", "2001:db8:8::/48"));
    // end::addresses[]
    app.get("/", c -> c.text("in"));
    app.get("/internal/health", c -> c.text("in"));
    assertEquals(403, app.request(from("203.0.113.7", Request.get("/"))).status());
    assertEquals(200, app.request(from("10.8.1.1", Request.get("/internal/health"))).status());
    assertEquals(403, app.request("/internal/health").status());
  }

  @Test
  void limits() {
    // tag::limits[]
    app.use(RateLimit.perClient(300, Duration.ofMinutes(1)).burst(50));
    app.use("/login", RateLimit.perClient(5, Duration.ofMinutes(15)).slidingWindow().named("login"));
    app.use("/api/*", RateLimit.perUser(1_000, Duration.ofHours(1)).named("user"));
    // end::limits[]
    app.post("/login", c -> c.text("ok"));
    app.get("/api/tea", c -> c.text("ok"));
    for (int i = 0; i < 5; i++) {
      assertEquals(200, app.request(Request.post("/login")).status());
    }
    assertEquals(429, app.request(Request.post("/login")).status());
    assertEquals(2, app.request("/api/tea").headers().all("RateLimit").size());
  }

  @Test
  void sharedLimits() {
    RateCounts counts = RateCounts.local(RatePolicy.of(10_000, Duration.ofMinutes(1)));
    RateStore redis = (key, _, tokens) -> {
      for (int i = 1; i < tokens; i++) {
        var _ = counts.take(key, 0);
      }
      return counts.take(key, 0);
    };
    // tag::store[]
    app.use(RateLimit.perClient(10_000, Duration.ofMinutes(1)).keptIn(redis).leasing(50));
    // end::store[]
    app.get("/", c -> c.text("ok"));
    assertTrue(app.request("/").header("RateLimit").orElseThrow().startsWith("\"default\";r=9999;"));
  }

  @Test
  void otherSites() {
    // tag::sites[]
    app.use(Csrf.create().trusting("https://admin.example.com"));
    app.use("/api/*", Cors.of("https://app.example.com").credentials());
    // end::sites[]
    app.post("/orders", c -> c.text("ordered"));
    app.get("/api/tea", c -> c.text("tea"));
    assertEquals(403, app.request(Request.post("/orders").withHeader("Sec-Fetch-Site", "cross-site")).status());
    assertEquals(Optional.of("https://app.example.com"), app.request(Request.get("/api/tea")
        .withHeader("Origin", "https://app.example.com")).header("Access-Control-Allow-Origin"));
  }

  @Test
  void policies() {
    // tag::policies[]
    ContentSecurityPolicy pages = ContentSecurityPolicy.ownOrigin()
        .with(Directive.IMG_SRC, ContentSecurityPolicy.SELF, "https://images.example.com")
        .withInlineScript("document.documentElement.className = 'js'")
        .reportTo("csp");
    app.use(SecureHeaders.create()
        .contentSecurityPolicy(pages)
        .permissionsPolicy(PermissionsPolicy.careful().allow("geolocation", "self"))
        .strictTransport(StrictTransport.of(Duration.ofDays(365)).includingSubDomains())
        .reportingEndpoint("csp", "/csp-reports"));
    // end::policies[]
    app.get("/", c -> c.text("ok"));
    Response response = app.request("/");
    assertTrue(response.header("Content-Security-Policy").orElseThrow().contains("script-src 'sha256-"));
    assertTrue(response.header("Permissions-Policy").orElseThrow().contains("geolocation=(self)"));
  }

  @Test
  void nonces() {
    // tag::nonce[]
    app.use(SecureHeaders.create().contentSecurityPolicy(ContentSecurityPolicy.strict()));
    app.get("/account", c -> c.html("<script nonce=\"" + SecureHeaders.nonce(c) + "\">start()</script>"));
    app.get("/help", c -> c.html("<h1>Help</h1>")); // asks for none, and may be stored
    // end::nonce[]
    Response account = app.request("/account");
    assertEquals(Optional.of("no-store"), account.header("Cache-Control"));
    String nonce = account.text().replaceAll(".*nonce=\"([^\"]+)\".*", "$1");
    assertTrue(account.header("Content-Security-Policy").orElseThrow().contains("'nonce-" + nonce + "'"));
    assertFalse(app.request("/help").headers().contains("Cache-Control"));
  }

  @Test
  void ids() {
    // tag::ids[]
    app.use(RequestId.create().ignoringClients());
    // end::ids[]
    app.get("/", c -> c.text(c.require(RequestId.KEY)));
    assertFalse(app.request(Request.get("/").withHeader("X-Request-Id", "mine")).text().equals("mine"));
  }
}
