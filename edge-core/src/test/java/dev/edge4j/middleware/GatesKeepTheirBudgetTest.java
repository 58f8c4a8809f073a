package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.CanaryShare;
import dev.edge4j.Handler;
import dev.edge4j.http.Request;
import dev.edge4j.middleware.waf.Waf;
import dev.edge4j.resilience.AdaptiveLimit;
import dev.edge4j.resilience.BreakerOptions;
import dev.edge4j.resilience.Bulkhead;
import dev.edge4j.resilience.CircuitBreaker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** No gate of ours waits, and each is within the CPU budget of a gate once it is warm: the watch would fail the request. */
@Isolated("it measures time")
class GatesKeepTheirBudgetTest {
  private static final String SECRET = "a secret of at least thirty-two bytes, for tests";
  private static final int REQUESTS = 11_000;

  @Test
  void allOfThemInOneChain() {
    var app = new App();
    app.use(AccessLog.to(_ -> {}), RequestId.create(), Timing.create(), EdgeHeaders.create("fra1"), GeoHeaders.trusting(
        "CF-IPCountry"), SecureHeaders.create(), RateLimit.perClient(1_000_000, Duration.ofMinutes(1)), Csrf.create(),
        JwtAuth.hs256(SECRET), Authorize.authenticated(), Waf.create(), Transform.request(r -> r));
    app.get("/", Handler.inline(c -> c.text("ok")));
    String token = JwtTokens.hs256(SECRET).issue("ann", List.of(), Duration.ofHours(1));
    Request request = Request.get("/").withHeader("Authorization", "Bearer " + token).withHeader("CF-IPCountry", "DE");
    ask(app, request);
  }

  @Test
  void thoseThatLetInAndLimit() {
    var share = CanaryShare.of(0.5);
    CanaryWatch watch = CanaryWatch.over(share, CanaryJudge.defaults(), Duration.ofSeconds(10), (_, _) -> {
      // Nothing is worse.
    });
    var app = new App();
    app.use(watch.stable(), watch.next(), CircuitBreaking.by(CircuitBreaker.of("all", BreakerOptions.defaults())),
        BulkheadLimit.by(Bulkhead.of(10)), AdaptiveConcurrency.by(AdaptiveLimit.create()), IpRules.denying(
            "192.0.2.0/24",
            "2001:db8::/32"), BodyLimit.of(1_000), Cors.of("https://admin.example.com").credentials(), Language.of("en",
                "de", "pt-BR"), MethodOverride.header("X-HTTP-Method-Override"));
    app.use(Some.of(Every.of(IpRules.allow("0.0.0.0/0", "::/0"), BasicAuth.user("ann", "secret")), IpRules.allow(
        "192.0.2.0/24")), Except.when(c -> c.path().equals("/"), BodyLimit.of(0)));
    app.post("/", Handler.inline(c -> c.text(c.require(Language.KEY))));
    ask(app, Request.post("/")
        .withHeader("Origin", "https://admin.example.com")
        .withHeader("Accept-Language", "fr-CH, fr;q=0.9, de-AT;q=0.8, *;q=0.5")
        .withHeader("Authorization", "Basic YW5uOnNlY3JldA==")
        .withBody("text/plain", "some text".getBytes(StandardCharsets.UTF_8)));
  }

  private static void ask(App app, Request request) {
    for (int i = 0; i < REQUESTS; i++) {
      assertEquals(200, app.request(request).status());
    }
  }
}
