package dev.edge4j.cache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 sections 3 and 4.2.1: what a shared cache stores, and for how long. */
class StorableTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Request GET = Request.get("/").withHeader("Host", "shop.example");
  private static final CachePolicy DEFAULTS = new CachePolicy(Duration.ofSeconds(60), Duration.ofSeconds(10),
      Duration.ofSeconds(30));

  private static Response response(String... headers) {
    return Response.text(200, "x").withHeaders(Headers.of(headers));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "max-age=100, s-maxage=50 | 50",
      "max-age=100 | 100",
      "MAX-AGE=\"100\" | 100",
      "public | 60",
      "max-age=99999999999999999999 | 2147483648",
      "max-age=100, max-age=100 | 100"})
  void statedFreshnessComesFirst(String control, long seconds) {
    Freshness freshness = DEFAULTS.storable(NOW, GET, response("Cache-Control", control, "Expires",
        "Sun, 01 Nov 2026 12:01:40 GMT")).orElseThrow();
    assertEquals(control.equals("public") ? 100 : seconds, freshness.freshFor().toSeconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-store", "private", "private=\"Authorization\"", "no-cache", "no-cache=\"Set-Cookie\"",
      "max-age=0", "max-age=-1", "max-age=one", "max-age", "max-age=10, max-age=20", "max-age=60, no-store",
      "x=\"a, no-store", "NO-STORE", "s-maxage=0, max-age=100"})
  void prohibitionsAndWhatCannotBeRead(String control) {
    assertEquals(Optional.empty(), DEFAULTS.storable(NOW, GET, response("Cache-Control", control)));
  }

  @Test
  void aQuotedWordIsNoDirective() {
    assertTrue(DEFAULTS.storable(NOW, GET, response("Cache-Control", "x=\"no-store, private\"")).isPresent());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "Sun, 01 Nov 2026 12:01:40 GMT | 100",
      "Sun, 01 Nov 2026 11:00:00 GMT | 0",
      "0 | 0",
      "soon | 0"})
  void expires(String expires, long seconds) {
    Optional<Freshness> freshness = CachePolicy.EXPLICIT.storable(NOW, GET, response("Expires", expires));
    assertEquals(seconds, freshness.map(f -> f.freshFor().toSeconds()).orElse(0L));
  }

  @ParameterizedTest
  @CsvSource({"200,60", "301,60", "404,10", "203,0", "204,0", "206,0", "302,0", "304,0", "410,0", "500,0", "503,0"})
  void defaultsAreForFewStatuses(int status, long seconds) {
    Optional<Freshness> freshness = DEFAULTS.storable(NOW, GET, Response.of(status));
    assertEquals(seconds, freshness.map(f -> f.freshFor().toSeconds()).orElse(0L));
  }

  @Test
  void withoutDefaultsOnlyWhatStatesItsFreshness() {
    assertFalse(CachePolicy.EXPLICIT.storable(NOW, GET, response()).isPresent());
    assertTrue(CachePolicy.EXPLICIT.storable(NOW, GET, response("Cache-Control", "max-age=1")).isPresent());
  }

  @Test
  void cookiesAndUnboundedVaryAreNotForOthers() {
    assertFalse(DEFAULTS.storable(NOW, GET, response("Cache-Control", "public, max-age=60", "Set-Cookie", "a=b"))
        .isPresent());
    assertFalse(DEFAULTS.storable(NOW, GET, response("Vary", "Accept, *")).isPresent());
  }

  @ParameterizedTest
  @CsvSource({"max-age=60,false", "'public, max-age=60',true", "s-maxage=60,true", "'must-revalidate, max-age=9',true"})
  void authorizationNeedsPermission(String control, boolean storable) {
    Request request = GET.withHeader("Authorization", "Bearer x");
    assertEquals(storable, DEFAULTS.storable(NOW, request, response("Cache-Control", control)).isPresent());
  }

  @Test
  void onlyAnswersToGetAreStored() {
    Response good = response("Cache-Control", "max-age=60");
    for (Method method : new Method[]{Method.HEAD, Method.POST, Method.PUT, Method.OPTIONS, Method.of("get")}) {
      assertFalse(DEFAULTS.storable(NOW, GET.withMethod(method), good).isPresent());
    }
    assertFalse(DEFAULTS.storable(NOW, GET.withHeader("Cache-Control", "no-store"), good).isPresent());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "max-age=60 | 30 | 30",
      "max-age=60, stale-while-revalidate=5 | 5 | 0",
      "max-age=60, stale-if-error=7 | 0 | 7",
      "max-age=0, stale-while-revalidate=5 | 5 | 0",
      "s-maxage=60 | 0 | 0",
      "s-maxage=60, stale-if-error=7 | 0 | 7",
      "max-age=60, must-revalidate, stale-while-revalidate=5 | 0 | 0",
      "max-age=60, proxy-revalidate, stale-if-error=5 | 0 | 0"})
  void staleUse(String control, long whileRevalidate, long ifError) {
    Freshness freshness = DEFAULTS.storable(NOW, GET, response("Cache-Control", control)).orElseThrow();
    assertEquals(whileRevalidate, freshness.whileRevalidate().toSeconds());
    assertEquals(ifError, freshness.ifError().toSeconds());
  }

  @Test
  void theAgeItCameWithCounts() {
    Response old = response("Cache-Control", "max-age=60, must-revalidate", "Age", "59");
    assertEquals(Duration.ofSeconds(1), DEFAULTS.storable(NOW, GET, old).orElseThrow().remaining());
    assertFalse(DEFAULTS.storable(NOW, GET, old.withHeader("Age", "60")).isPresent());
    Response dated = old.withHeader("Age", "5").withHeader("Date", "Sun, 01 Nov 2026 11:59:30 GMT");
    assertEquals(Duration.ofSeconds(30), DEFAULTS.storable(NOW, GET, dated).orElseThrow().initialAge());
  }
}
