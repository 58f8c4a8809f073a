package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.structured.Bare;
import dev.edge4j.http.structured.Item;
import dev.edge4j.http.structured.Member;
import dev.edge4j.http.structured.StructuredFields;
import dev.edge4j.testing.TestClient;
import dev.edge4j.testing.VirtualClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over its quota a client gets 429 and is told when to come back; others do not notice. */
class RateLimitRefusesTheGreedyTest {
  private final VirtualClock clock = new VirtualClock();
  private final RateLimit threePerMinute = RateLimit.perClient(3, Duration.ofMinutes(1));

  private App app(RateLimit... limits) {
    var app = new App().time(clock);
    app.use(limits);
    app.get("/", c -> c.text("ok"));
    return app;
  }

  private static Request from(String address) throws UnknownHostException {
    return Request.get("/").withPeer(InetAddress.getByName(address));
  }

  @Test
  void afterTheQuotaThereIs429UntilSomeOfItIsBack() {
    App app = app(threePerMinute);
    for (int left = 2; left >= 0; left--) {
      Response allowed = app.request("/");
      assertEquals(200, allowed.status());
      assertEquals(Optional.of("\"default\";q=3;w=60"), allowed.header("RateLimit-Policy"));
      assertEquals(Optional.of("\"default\";r=" + left + ";t=" + (3 - left) * 20), allowed.header("RateLimit"));
    }
    Response refused = app.request("/");
    assertEquals(429, refused.status());
    assertEquals(Optional.of(MediaType.PROBLEM_JSON), refused.header("Content-Type"));
    assertEquals(Optional.of("20"), refused.header("Retry-After"));
    assertEquals(Optional.of("\"default\";r=0;t=20"), refused.header("RateLimit")); // the same moment, as the draft has it

    clock.advance(Duration.ofSeconds(20));
    assertEquals(200, app.request("/").status());
    assertEquals(429, app.request("/").status());
  }

  @Test
  void aSmallerBurstSpreadsTheQuota() {
    App app = app(threePerMinute.burst(1));
    assertEquals(200, app.request("/").status());
    assertEquals(429, app.request("/").status());
    clock.advance(Duration.ofSeconds(20));
    assertEquals(200, app.request("/").status());
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.1, 192.0.2.2, 200", "192.0.2.1, 192.0.2.1, 429", "192.0.2.1, ::ffff:192.0.2.1, 429",
      "2001:db8::1, 2001:db8::ffff:0:0:1, 429", "2001:db8::1, 2001:db8:0:1::1, 200"})
  void aClientIsAnAddressOrAnIpv6Network(String first, String second, int expected) throws UnknownHostException {
    App app = app(threePerMinute);
    for (int i = 0; i < 3; i++) {
      assertEquals(200, app.request(from(first)).status());
    }
    assertEquals(expected, app.request(from(second)).status());
  }

  @Test
  void forwardingHeadersGiveNobodyANewQuota() {
    App app = app(threePerMinute);
    for (int i = 0; i < 3; i++) {
      assertEquals(200, app.request(Request.get("/").withHeader("X-Forwarded-For", "192.0.2." + i)).status());
    }
    assertEquals(429, app.request(Request.get("/").withHeader("X-Forwarded-For", "192.0.2.9")).status());
  }

  @Test
  void clientsCanBeToldApartBySomethingElse() {
    TestClient client = TestClient.inProcess(
        app(RateLimit.by(c -> c.header("X-Tenant").orElse(""), 1, Duration.ofMinutes(1))));
    assertEquals(200, client.with("X-Tenant", "a").get("/").status());
    assertEquals(200, client.with("X-Tenant", "b").get("/").status());
    assertEquals(429, client.with("X-Tenant", "a").get("/").status());
  }

  @Test
  void aSlidingWindowGivesNothingBackBeforeItsEnd() {
    App app = app(threePerMinute.slidingWindow());
    for (int i = 0; i < 3; i++) {
      assertEquals(200, app.request("/").status());
    }
    clock.advance(Duration.ofSeconds(59));
    assertEquals(429, app.request("/").status());
    clock.advance(Duration.ofSeconds(3));
    assertEquals(200, app.request("/").status());
  }

  @Test
  void aUserHasOneQuotaWhereverHeAsks() throws UnknownHostException {
    var app = new App().time(clock);
    app.use((Gate) c -> {
      c.header("X-User").ifPresent(user -> c.set(Principal.KEY, new Principal(user, Set.of(), Map.of())));
      return Verdict.pass();
    });
    app.use(RateLimit.perUser(1, Duration.ofMinutes(1)));
    app.get("/", c -> c.text("ok"));
    assertEquals(200, app.request(from("192.0.2.1").withHeader("X-User", "ann")).status());
    assertEquals(429, app.request(from("192.0.2.2").withHeader("X-User", "ann")).status());
    assertEquals(200, app.request(from("192.0.2.2").withHeader("X-User", "bea")).status());
    assertEquals(200, app.request(from("192.0.2.1")).status());
    assertEquals(429, app.request(from("192.0.2.1")).status());
  }

  @Test
  void theFieldsAreStructuredFields() {
    App app = app(threePerMinute.named("a.b"), RateLimit.perClient(5, Duration.ofMillis(1_500)).named("_c"));
    Headers fields = app.request("/").headers();
    List<Member> policies = StructuredFields.list(fields, "RateLimit-Policy").orElseThrow();
    List<Member> states = StructuredFields.list(fields, "RateLimit").orElseThrow();
    assertEquals(List.of(Item.of("_c").with("q", new Bare.Whole(5)).with("w", new Bare.Whole(2)), Item.of("a.b")
        .with("q", new Bare.Whole(3))
        .with("w", new Bare.Whole(60))), policies);
    assertEquals(List.of(Item.of("_c").with("r", new Bare.Whole(4)).with("t", new Bare.Whole(1)), Item.of("a.b")
        .with("r", new Bare.Whole(2))
        .with("t", new Bare.Whole(20))), states);
  }

  @Test
  void severalLimitsInOneChainCountAndTellEachForItself() {
    App app = app(threePerMinute.named("minute"), RateLimit.perClient(2, Duration.ofSeconds(1))
        .named("second"));
    assertEquals(List.of("\"second\";r=1;t=1", "\"minute\";r=2;t=20"), app.request("/").headers().all("RateLimit"));
    app.request("/");
    assertTrue(app.request("/").text().contains("try again in 1 s"));
  }

  @Test
  void aBadConfigurationIsRefusedAtTheStart() {
    assertThrows(IllegalArgumentException.class, () -> RateLimit.perClient(0, Duration.ofMinutes(1)));
    assertThrows(IllegalArgumentException.class, () -> RateLimit.perClient(1, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> threePerMinute.burst(4));
    assertThrows(IllegalArgumentException.class, () -> threePerMinute.named("a\"b"));
    assertThrows(IllegalArgumentException.class, () -> threePerMinute.burst(2).slidingWindow());
    assertThrows(IllegalArgumentException.class, () -> threePerMinute.leasing(2));
    assertThrows(IllegalArgumentException.class, () -> threePerMinute.keptIn((_, _, _) -> {
      throw new AssertionError();
    }).leasing(4));
  }
}
