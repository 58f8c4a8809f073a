package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.http.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No gate of ours waits, and each is within the CPU budget of a gate once it is warm: the watch would fail the request. */
class GatesKeepTheirBudgetTest {
  private static final String SECRET = "a secret of at least thirty-two bytes, for tests";
  private static final int REQUESTS = 11_000;

  @Test
  void allOfThemInOneChain() {
    var app = new App();
    app.use(AccessLog.to(_ -> {}), RequestId.create(), Timing.create(), EdgeHeaders.create("fra1"), GeoHeaders.trusting(
        "CF-IPCountry"), SecureHeaders.create(), RateLimit.perClient(1_000_000, Duration.ofMinutes(1)), Csrf.create(),
        JwtAuth.hs256(SECRET), Authorize.authenticated(), Transform.request(r -> r));
    app.get("/", Handler.inline(c -> c.text("ok")));
    String token = JwtTokens.hs256(SECRET).issue("ann", List.of(), Duration.ofHours(1));
    Request request = Request.get("/").withHeader("Authorization", "Bearer " + token).withHeader("CF-IPCountry", "DE");
    for (int i = 0; i < REQUESTS; i++) {
      assertEquals(200, app.request(request).status());
    }
  }
}
