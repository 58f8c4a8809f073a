package dev.edge4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Gate;
import dev.edge4j.TimeSource;
import dev.edge4j.Verdict;
import dev.edge4j.http.Request;
import dev.edge4j.middleware.EdgeHeaders;
import dev.edge4j.middleware.GeoHeaders;
import dev.edge4j.middleware.RateLimit;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A region gives a request its address, its country and its way there and back. */
class VisitorsComeFromSeveralRegionsTest {
  private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

  private final VirtualClock clock = new VirtualClock(START);

  private static App app(TimeSource time, Gate... gates) {
    var app = new App().time(time);
    app.use(gates);
    app.get("/", c -> c.text(c.client().address().getHostAddress() + " " + c.geo().country().orElse("-") + " "
        + c.time().instant()));
    return app;
  }

  @ParameterizedTest
  @EnumSource
  void eachHasItsAddressItsCountryAndItsLatency(Transport way) {
    try (var client = TestClient.of(app(clock, GeoHeaders.trusting("CF-IPCountry")), way)) {
      assertEquals("127.0.0.2 DE 2026-05-01T12:00:00.005Z", client.from(Regions.FRANKFURT).get("/").text());
      assertEquals("127.0.0.3 US 2026-05-01T12:00:00.055Z", client.from(Regions.VIRGINIA).get("/").text());
      assertEquals("127.0.0.4 JP 2026-05-01T12:00:00.220Z", client.from(Regions.TOKYO).get("/").text());
      assertEquals(START.plusMillis(340), clock.instant());
      assertEquals("127.0.0.1 - 2026-05-01T12:00:00.340Z", client.get("/").text());
      assertEquals(START.plusMillis(340), clock.instant());
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachHasAQuotaOfItsOwn(Transport way) {
    try (var client = TestClient.of(app(clock, RateLimit.perClient(1, Duration.ofHours(1))), way)) {
      for (Region region : Regions.WORLD) {
        assertEquals(200, client.from(region).get("/").status(), region.name());
        assertEquals(429, client.from(region).get("/").status(), region.name());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theCountryStandsInTheFieldThatTheApplicationTrusts(Transport way) {
    App app = app(clock, EdgeHeaders.create("fra1"), GeoHeaders.trusting("X-Country"));
    try (var client = TestClient.of(app, way).from(Regions.TOKYO)) {
      assertEquals(Optional.of("unknown"), client.get("/").header("X-User-Country"));
      assertEquals(Optional.of("JP"), client.countryIn("X-Country").get("/").header("X-User-Country"));
      assertThrows(IllegalArgumentException.class, () -> client.countryIn("not a name"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRequestMayNameItsPeerItself(Transport way) {
    try (var client = TestClient.of(app(clock), way)) {
      Request request = Request.get("/").withPeer(Regions.TOKYO.address());
      assertTrue(client.send(request).text().startsWith("127.0.0.4 "));
      assertTrue(client.from(Regions.VIRGINIA).send(request).text().startsWith("127.0.0.3 "));
    }
  }

  @ParameterizedTest
  @EnumSource
  void onTheMachinesTimeTheWayReallyTakesItsTime(Transport way) {
    try (var client = TestClient.of(app(TimeSource.system()), way)) {
      long before = System.nanoTime();
      client.from(Regions.VIRGINIA.withLatency(Duration.ofMillis(60))).get("/");
      assertTrue(System.nanoTime() - before >= Duration.ofMillis(60).toNanos());
    }
  }

  @Test
  void timersRunOnTheWay() {
    var app = new App().time(clock);
    var fired = new StringBuilder();
    app.use((Gate) c -> {
      clock.after(Duration.ofMillis(20), () -> fired.append(clock.instant()));
      return Verdict.pass();
    });
    app.get("/", c -> c.text(fired.toString()));
    try (var client = TestClient.inProcess(app).from(Regions.VIRGINIA)) {
      assertEquals("", client.get("/").text());
      assertEquals("2026-05-01T12:00:00.065Z", fired.toString());
    }
  }

  @Test
  void inProcessAnyAddressWillDoOverASocketOneOfThisMachine() {
    Region elsewhere = Region.of("elsewhere", "203.0.113.7", "AU", Duration.ZERO);
    try (var client = TestClient.inProcess(app(clock))) {
      assertTrue(client.from(elsewhere).get("/").text().startsWith("203.0.113.7 "));
    }
    try (var client = TestClient.overSocket(app(clock)).from(elsewhere)) {
      UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> client.get("/"));
      assertTrue(String.valueOf(e.getMessage()).contains("expected: an address of this machine"), e.getMessage());
    }
  }

  @Test
  void aRegionIsCheckedWhenItIsMade() {
    assertThrows(IllegalArgumentException.class, () -> Region.of("x", "not.a.literal", "DE", Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> Regions.TOKYO.withLatency(Duration.ofMillis(-1)));
    assertEquals("tokyo", Regions.TOKYO.toString());
  }
}
