package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One {@code app.time(clock)}, and whatever measures or compares times goes by that clock. */
class TheApplicationsTimeIsThePipelinesTest {
  private static final String SECRET = "a secret of at least thirty-two bytes, for tests";

  private final VirtualClock clock = new VirtualClock();
  private final List<String> lines = new ArrayList<>();
  private final App app = new App().time(clock);

  @BeforeEach
  void middleware() {
    app.use(AccessLog.to(lines::add), Timing.create(), EdgeHeaders.create("fra1"));
  }

  private static String slowly(VirtualClock clock, Duration time) {
    clock.advance(time);
    return "done";
  }

  @Test
  void whatIsMeasuredIsExact() {
    app.get("/", c -> {
      clock.advance(Duration.ofMillis(20));
      return c.text(c.timed("db", () -> slowly(clock, Duration.ofMillis(100))));
    });
    Response response = app.request("/");
    assertEquals(Optional.of("db;dur=100.000, total;dur=120.000"), response.header("Server-Timing"));
    assertEquals(Optional.of("120.0ms"), response.header("X-Edge-Time"));
    assertEquals(List.of("method=GET path=/ status=200 ms=120.000 bytes=4 id=- client=127.0.0.1"), lines);
  }

  @Test
  void mountedApplicationsLiveInTheSameTime() {
    var shop = new App();
    shop.use(RateLimit.perClient(1, Duration.ofMinutes(1)));
    shop.get("/", c -> c.text(c.timed("db", () -> slowly(clock, Duration.ofSeconds(1))) + " at " + c.time().instant()));
    app.mount("/shop", shop);
    assertEquals("done at 2026-01-01T00:00:01Z", app.request("/shop").text());
    Response refused = app.request("/shop");
    assertEquals(429, refused.status());
    assertEquals(Optional.of("59"), refused.header("Retry-After"));
    clock.advance(Duration.ofSeconds(59));
    assertEquals(Optional.of("db;dur=1000.000, total;dur=1000.000"), app.request("/shop").header("Server-Timing"));
  }

  @Test
  void aTokenIssuedInARequestEndsInTheSameTime() {
    app.post("/login", c -> c.text(JwtTokens.hs256(SECRET)
        .clock(c.time())
        .issue("ada", List.of(), Duration.ofHours(
            1))));
    app.with(JwtAuth.hs256(SECRET).skew(Duration.ZERO))
        .get("/account", c -> c.text(c.require(Principal.KEY)
            .subject()));
    String token = app.request(Request.post("/login")).text();
    Request account = Request.get("/account").withHeader("Authorization", "Bearer " + token);
    clock.advance(Duration.ofMinutes(59));
    assertEquals("ada", app.request(account).text());
    clock.advance(Duration.ofMinutes(2));
    assertEquals(401, app.request(account).status());
  }
}
