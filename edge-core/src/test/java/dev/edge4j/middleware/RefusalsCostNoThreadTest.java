package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.Middleware;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the middleware refuses is answered in the fast lane, with what the gates before it add; the rest hops at the handler. */
class RefusalsCostNoThreadTest {
  private static final String SECRET = "a secret of at least thirty-two bytes, for tests";

  private static App app(Middleware... last) {
    var app = new App();
    app.use(AccessLog.to(_ -> {}), RequestId.create(), Timing.create(), EdgeHeaders.create("fra1"), GeoHeaders.trusting(
        "CF-IPCountry"), SecureHeaders.create(), Transform.request(r -> r));
    app.use(last);
    app.all("/", c -> c.text("ok"));
    return app;
  }

  private static void assertRefusedAtOnce(int status, App app, Request request) {
    Response response = app.open(request).fastLane().orElseThrow();
    assertEquals(status, response.status());
    for (String field : new String[]{"X-Request-Id", "Server-Timing", "X-Edge-Region", "X-Content-Type-Options"}) {
      assertEquals(1, response.headers().all(field).size(), field);
    }
    assertEquals("handler", app.routes().getFirst().hopsAt());
  }

  @Test
  void tooManyRequests() {
    App app = app(RateLimit.perClient(1, Duration.ofMinutes(1)));
    app.request("/");
    assertRefusedAtOnce(429, app, Request.get("/"));
  }

  @Test
  void noToken() {
    assertRefusedAtOnce(401, app(JwtAuth.hs256(SECRET)), Request.get("/"));
  }

  @Test
  void noPrincipal() {
    assertRefusedAtOnce(401, app(Authorize.authenticated()), Request.get("/"));
  }

  @Test
  void anotherSite() {
    assertRefusedAtOnce(403, app(Csrf.create()), Request.post("/").withHeader("Sec-Fetch-Site", "cross-site"));
  }
}
