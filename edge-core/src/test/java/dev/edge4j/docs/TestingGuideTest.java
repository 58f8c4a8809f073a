package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import dev.edge4j.middleware.GeoHeaders;
import dev.edge4j.middleware.JwtAuth;
import dev.edge4j.middleware.JwtTokens;
import dev.edge4j.middleware.RateLimit;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.testing.Region;
import dev.edge4j.testing.Regions;
import dev.edge4j.testing.TestClient;
import dev.edge4j.testing.Transport;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The listings of docs/testing.md. */
class TestingGuideTest {
  private static final String SECRET = "a secret of at least thirty-two bytes";

  private static App products() {
    var app = new App();
    app.get("/products/:id", c -> c.text("product " + c.param("id").asLong()));
    return app;
  }

  @Test
  void anApplicationIsAFunction() {
    // tag::function[]
    App app = products();
    assertEquals("product 7", app.request("/products/7").text());
    assertEquals(405, app.request(Request.of(Method.DELETE, "/products/7")).status());
    // end::function[]
  }

  // tag::ways[]
  @ParameterizedTest
  @EnumSource
  void aProductHasAPage(Transport way) {
    try (var client = TestClient.of(products(), way)) {
      assertEquals("product 7", client.get("/products/7").text());
      assertEquals(400, client.get("/products/%zz").status()); // no URI, but somebody will send it
    }
  }
  // end::ways[]

  @Test
  void requestsAreSentWhole() {
    var app = new App();
    app.all("/orders", c -> c.text(201, c.bodyText()));
    // tag::requests[]
    try (var client = TestClient.overSocket(app)) {
      TestClient ada = client.with("Authorization", "Bearer ...");
      ada.postJson("/orders", "{\"product\":7}");
      ada.postForm("/orders", "product=7");
      ada.send(Method.PUT, "/orders");
      ada.send(Request.post("/orders")
          .withJson("{\"product\":7}")
          .withHeader("Transfer-Encoding", "chunked"));
    }
    // end::requests[]
  }

  @Test
  void limitsHoldInProcessToo() {
    var app = new App();
    app.post("/orders", c -> c.text(201, c.bodyText()));
    // tag::limits[]
    var limits = ServerOptions.port(0).withMaxBodyBytes(10);
    try (var client = TestClient.of(app, Transport.IN_PROCESS, limits)) {
      assertEquals(413, client.postJson("/orders", "{\"product\":7}").status());
    }
    // end::limits[]
  }

  @Test
  void aBrowserKeepsCookiesAndFollowsRedirects() {
    var app = new App();
    app.post("/login", c -> c.redirect("/account").withCookie(SetCookie.of("user", c.form("name").asString())));
    app.get("/account", c -> c.text("hello " + c.cookie("user").orElse("stranger")));
    // tag::browser[]
    try (var client = TestClient.inProcess(app)) {
      TestClient browser = client.keepingCookies().followingRedirects();
      assertEquals("hello ada", browser.postForm("/login", "name=ada").text());
      assertEquals("hello ada", browser.get("/account").text());
    }
    // end::browser[]
  }

  @Test
  void timeMovesWhenTheTestSaysSo() {
    // tag::clock[]
    var clock = new VirtualClock(Instant.parse("2026-05-01T12:00:00Z"));
    var app = new App().time(clock);
    app.use(RateLimit.perClient(1, Duration.ofMinutes(1)));
    app.get("/", c -> c.text("it is " + c.time().instant()));

    assertEquals("it is 2026-05-01T12:00:00Z", app.request("/").text());
    assertEquals(429, app.request("/").status());

    clock.advance(Duration.ofMinutes(1));
    assertEquals("it is 2026-05-01T12:01:00Z", app.request("/").text());
    // end::clock[]
  }

  @Test
  void timersRunWhenTheyAreDue() {
    // tag::timers[]
    var clock = new VirtualClock();
    var rung = new CountDownLatch(1);
    clock.after(Duration.ofHours(8), rung::countDown);

    clock.advance(Duration.ofHours(7));
    assertEquals(1, rung.getCount());
    clock.advance(Duration.ofHours(1)); // runs the timer, here and now
    assertEquals(0, rung.getCount());
    // end::timers[]
  }

  @Test
  void tokensGoByTheSameClock() {
    var clock = new VirtualClock();
    var app = new App().time(clock);
    app.use(JwtAuth.hs256(SECRET).skew(Duration.ZERO));
    app.get("/", c -> c.text("hello"));
    // tag::tokens[]
    JwtTokens tokens = JwtTokens.hs256(SECRET).clock(clock);
    String token = tokens.issue("ada", List.of(), Duration.ofHours(1));
    TestClient ada = TestClient.inProcess(app).with("Authorization", "Bearer " + token);

    assertEquals(200, ada.get("/").status());
    clock.advance(Duration.ofHours(2));
    assertEquals(401, ada.get("/").status());
    // end::tokens[]
  }

  // tag::regions[]
  @ParameterizedTest
  @EnumSource
  void visitorsSeeTheirOwnPrices(Transport way) {
    var clock = new VirtualClock();
    var app = new App().time(clock);
    app.use(GeoHeaders.trusting("CF-IPCountry"), RateLimit.perClient(1, Duration.ofHours(1)));
    app.get("/price", c -> c.text("10 " + c.geo().currency()));

    try (var client = TestClient.of(app, way)) {
      for (Region region : Regions.WORLD) {
        Instant before = clock.instant();
        Response price = client.from(region).get("/price");
        assertTrue(List.of("10 EUR", "10 USD", "10 JPY").contains(price.text()), region.name());
        assertEquals(region.latency(), Duration.between(before, clock.instant()));
        assertEquals(429, client.from(region).get("/price").status()); // each address has its own quota
      }
    }
  }
  // end::regions[]

  @Test
  void regionsAreMade() {
    var app = new App();
    app.get("/", c -> c.text(c.header("X-Country").orElse("-") + " " + c.client().address().getHostAddress()));
    // tag::region[]
    Region sydney = Region.of("sydney", "203.0.113.7", "AU", Duration.ofMillis(30));
    TestClient visitor = TestClient.inProcess(app).from(sydney).countryIn("X-Country");
    assertEquals("AU 203.0.113.7", visitor.get("/").text());
    // end::region[]
  }

  @Test
  void workForLaterIsWaitedFor() throws InterruptedException {
    var written = new CountDownLatch(1);
    var app = new App();
    app.post("/orders", c -> {
      c.waitUntil(written::countDown);
      return c.empty();
    });
    // tag::later[]
    try (var client = TestClient.overSocket(app)) {
      client.post("/orders");
      assertTrue(app.drain(Duration.ofSeconds(10)));
      assertEquals(0, written.getCount());
    }
    // end::later[]
  }
}
