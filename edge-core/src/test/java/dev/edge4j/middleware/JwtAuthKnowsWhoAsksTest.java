package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token says who sent a request, from a header or a cookie, in its time, to whom it was made for. */
class JwtAuthKnowsWhoAsksTest {
  private static final String SECRET = "a secret of at least thirty-two bytes, for tests";
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final JwtTokens TOKENS = JwtTokens.hs256(SECRET).clock(InstantSource.fixed(NOW));

  private static App app(JwtAuth auth) {
    return app(auth, 0);
  }

  private static App app(JwtAuth auth, long secondsLater) {
    var app = new App().time(new VirtualClock(NOW.plusSeconds(secondsLater)));
    app.use(auth);
    app.get("/", c -> c.text(c.get(Principal.KEY)
        .map(p -> p.subject() + " " + String.join(",", new TreeSet<>(p.roles())))
        .orElse("anonymous")));
    return app;
  }

  private static JwtAuth auth() {
    return JwtAuth.hs256(SECRET);
  }

  private static String ada() {
    return TOKENS.issue("ada", Set.of("admin", "buyer"), Duration.ofMinutes(1));
  }

  private static Request bearer(String token) {
    return Request.get("/").withHeader("Authorization", "Bearer " + token);
  }

  private static Request cookie(String token) {
    return Request.get("/").withHeader("Cookie", "theme=dark; session=" + token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER   "})
  void subjectAndRolesAreRead(String scheme) {
    Request request = Request.get("/").withHeader("Authorization", scheme + ada());
    assertEquals("ada admin,buyer", app(auth()).request(request).text());
  }

  @Test
  void claimsAreRead() {
    var app = new App().time(new VirtualClock(NOW));
    app.use(auth());
    app.get("/", c -> c.text(c.require(Principal.KEY).claims().get("roles") + " " + c.require(Principal.KEY)
        .claims()
        .get("exp")));
    assertEquals("[admin, buyer] " + NOW.plusSeconds(60).getEpochSecond(), app.request(bearer(ada())).text());
  }

  @Test
  void withoutATokenTheAnswerIs401WithAChallenge() {
    Response response = app(auth()).request("/");
    assertEquals(401, response.status());
    assertEquals(Optional.of("Bearer"), response.header("WWW-Authenticate"));
    assertEquals(Optional.of(MediaType.PROBLEM_JSON), response.header("Content-Type"));
  }

  @Test
  void anotherSchemeIsNoToken() {
    Request basic = Request.get("/").withHeader("Authorization", "Basic YTpi");
    assertEquals(Optional.of("Bearer"), app(auth()).request(basic).header("WWW-Authenticate"));
    assertEquals("anonymous", app(auth().optional()).request(basic).text());
  }

  @Test
  void aCookieCountsOnlyIfAskedFor() {
    assertEquals(401, app(auth()).request(cookie(ada())).status());
    assertEquals("ada admin,buyer", app(auth().cookie("session")).request(cookie(ada())).text());
  }

  @Test
  void anOptionalTokenMayBeMissingButABadBearerIsAnError() {
    App app = app(auth().cookie("session").optional());
    assertEquals("anonymous", app.request("/").text());
    assertEquals("anonymous", app.request(cookie("old")).text());
    assertEquals("ada admin,buyer", app.request(cookie(ada())).text());
    assertEquals(401, app.request(bearer("bad")).status());
    assertEquals(401, app.request(cookie(ada()).withHeader("Authorization", "Bearer bad")).status());
  }

  @Test
  void aBadCookieIsAnErrorWhereATokenIsRequired() {
    assertEquals(401, app(auth().cookie("session")).request(cookie("old")).status());
  }

  @ParameterizedTest
  @CsvSource({"0, 200", "89, 200", "91, 401", "-3600, 200"})
  void aTokenEndsWithTheSkewAllowed(long seconds, int expected) {
    assertEquals(expected, app(auth(), seconds).request(bearer(ada())).status());
  }

  @Test
  void withoutSkewATokenEndsOnTime() {
    assertEquals(200, app(auth().skew(Duration.ZERO), 59).request(bearer(ada())).status());
    assertEquals(401, app(auth().skew(Duration.ZERO), 61).request(bearer(ada())).status());
  }

  @Test
  void issuerAndAudienceMustBeTheOnesAskedFor() {
    JwtTokens shop = TOKENS.issuer("shop").audience("web");
    App app = app(auth().issuer("shop").audience("web"));
    assertEquals(200, app.request(bearer(shop.issue("ada", List.of(), Duration.ofMinutes(1)))).status());
    assertEquals(401, app.request(bearer(ada())).status());
    assertEquals(401, app.request(bearer(shop.issuer("other").issue("ada", List.of(), Duration.ofMinutes(1))))
        .status());
    assertEquals(401, app.request(bearer(shop.audience("app").issue("ada", List.of(), Duration.ofMinutes(1))))
        .status());
  }

  @Test
  void aTokenIsForSomebodyAndForSomeTime() {
    assertThrows(IllegalArgumentException.class, () -> TOKENS.issue("", List.of(), Duration.ofMinutes(1)));
    assertThrows(IllegalArgumentException.class, () -> TOKENS.issue("ada", List.of(), Duration.ZERO));
  }
}
