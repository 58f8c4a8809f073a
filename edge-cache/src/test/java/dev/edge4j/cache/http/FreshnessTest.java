package dev.edge4j.cache.http;

import static dev.edge4j.cache.http.HttpCases.GET;
import static dev.edge4j.cache.http.HttpCases.NOW;
import static dev.edge4j.cache.http.HttpCases.controlled;
import static dev.edge4j.cache.http.HttpCases.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.HttpDate;
import dev.edge4j.http.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 section 4.2: for how long a response is fresh, and how old it is when it comes. */
class FreshnessTest {
  private static final CachePolicy EXPLICIT = CachePolicy.EXPLICIT;
  private static final CachePolicy GENEROUS = EXPLICIT.freshFor(Duration.ofSeconds(60))
      .notFoundFor(Duration.ofSeconds(10))
      .staleFor(Duration.ofSeconds(30), Duration.ofSeconds(40));

  private static Freshness freshness(CachePolicy policy, Response response) {
    var variants = new VariantRules(policy.selection());
    return new StorageRules(policy, variants).head(NOW, NOW, GET, response.status(), response.headers()).freshness();
  }

  private static long freshFor(CachePolicy policy, Response response) {
    return freshness(policy, response).freshFor().toSeconds();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "max-age=100, s-maxage=50 | 50",
      "max-age=0, s-maxage=50 | 50",
      "max-age=100 | 100",
      "max-age=003600 | 3600",
      "max-age=2147483649 | 2147483648",
      "max-age=99999999999999999999 | 2147483648",
      "max-age=00000000000000000000000007 | 7",
      "max-age=soon | 0",
      "public | 100"})
  void sMaxAgeThenMaxAgeThenExpiresThenThePolicy(String control, long seconds) {
    assertEquals(seconds, freshFor(GENEROUS, response("Cache-Control", control, "Expires",
        "Sun, 01 Nov 2026 12:01:40 GMT")));
    assertEquals(60, freshFor(GENEROUS, response()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "Sun, 01 Nov 2026 12:01:40 GMT | 100",
      "Sunday, 01-Nov-26 12:01:40 GMT | 100",
      "Sun Nov  1 12:01:40 2026 | 100",
      "SUN, 01 NOV 2026 12:01:40 gmt | 100",
      "Sun, 01 Nov 2026 12:00:00 GMT | 0",
      "Sun, 01 Nov 2026 11:00:00 GMT | 0",
      "Sun, 01 Nov 2026 12:01:40 UTC | 0",
      "Sun, 01 Nov 2026 12:01:40 AEST | 0",
      "Sun, 01 Nov 26 12:01:40 GMT | 0",
      "Sun 01 Nov 2026 12:01:40 GMT | 0",
      "Sun, 01  Nov  2026 12:01:40 GMT | 0",
      "Sun, 01-Nov-2026 12:01:40 GMT | 0",
      "Sun, 01 Nov 2026 12.01.40 GMT | 0",
      "Sun, 01 Nov 2026 2:01:40 GMT | 0",
      "0 | 0",
      "-1 | 0",
      "soon | 0"})
  void expires(String expires, long seconds) {
    assertEquals(seconds, freshFor(EXPLICIT, response("Expires", expires)));
  }

  @Test
  void expiresCountsFromTheDate() {
    Response fast = response("Date", HttpDate.format(NOW.plusSeconds(400)), "Expires", HttpDate.format(NOW.plusSeconds(
        300)));
    assertEquals(0, freshFor(EXPLICIT, fast));
    assertEquals(10, freshFor(EXPLICIT, response("Date", "foo", "Expires", HttpDate.format(NOW.plusSeconds(10)))));
    String end = HttpDate.format(NOW.plusSeconds(10));
    assertEquals(0, freshFor(EXPLICIT, response("Expires", end, "Expires", end)), "twice is once too often");
  }

  @ParameterizedTest
  @CsvSource({"200,60", "301,60", "404,10", "203,0", "204,0", "302,0", "410,0", "500,0", "503,0"})
  void defaultsAreForFewStatuses(int status, long seconds) {
    assertEquals(seconds, freshFor(GENEROUS, response().withStatus(status)));
    assertEquals(0, freshFor(EXPLICIT, response().withStatus(status)));
  }

  @ParameterizedTest
  @CsvSource({"200,100", "203,100", "204,100", "404,100", "405,100", "410,100", "414,100", "501,100", "201,0", "202,0",
      "403,0", "502,0", "503,0", "504,0", "599,0"})
  void heuristicsAreATenthAndForSomeStatuses(int status, long seconds) {
    CachePolicy policy = EXPLICIT.heuristic(0.1, Duration.ofHours(1));
    Response response = response("Last-Modified", HttpDate.format(NOW.minusSeconds(1000)), "Date", HttpDate.format(NOW))
        .withStatus(status);
    assertEquals(seconds, freshFor(policy, response));
    assertEquals(100, freshFor(policy, response.withHeader("Cache-Control", "public")));
    assertEquals(0, freshFor(EXPLICIT, response));
    assertEquals(5, freshFor(EXPLICIT.heuristic(0.1, Duration.ofSeconds(5)), response.withStatus(200)), "capped");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "max-age=60 | 30 | 40",
      "max-age=60, stale-while-revalidate=5 | 5 | 0",
      "max-age=60, stale-if-error=7 | 0 | 7",
      "max-age=0, stale-while-revalidate=5 | 5 | 0",
      "max-age=0 | 0 | 0",
      "s-maxage=60 | 0 | 0",
      "s-maxage=60, stale-if-error=7 | 0 | 7",
      "max-age=60, must-revalidate, stale-while-revalidate=5 | 0 | 0",
      "max-age=60, no-cache, stale-if-error=5 | 0 | 0",
      "max-age=60, proxy-revalidate, stale-if-error=5 | 0 | 0"})
  void staleUse(String control, long whileRevalidate, long ifError) {
    Freshness freshness = freshness(GENEROUS, controlled(control));
    assertEquals(whileRevalidate, freshness.whileRevalidate().toSeconds());
    assertEquals(ifError, freshness.ifError().toSeconds());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"59 | 59", "5, 7200 | 5", "7200,0 | 7200", "2147483649 | 2147483648"})
  void theAgeThatIsToldCounts(String age, long seconds) {
    Freshness freshness = freshness(EXPLICIT, response("Cache-Control", "max-age=60", "Age", age));
    assertEquals(seconds, freshness.initialAge().toSeconds());
    assertEquals(60, freshness.freshFor().toSeconds());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"abc", "-7200", "7200.0", "7200;foo=bar", "'', 0"})
  void anAgeThatCannotBeReadMeansStale(String age) {
    assertEquals(0, freshFor(EXPLICIT, response("Cache-Control", "max-age=60", "Age", age)));
  }

  @Test
  void soDoTwo() {
    Freshness freshness = freshness(GENEROUS, response("Cache-Control", "max-age=60, stale-while-revalidate=9", "Age",
        "0", "Age", "0"));
    assertEquals(Duration.ZERO, freshness.freshFor());
    assertEquals(Duration.ZERO, freshness.whileRevalidate(), "nor may it be used stale");
  }

  @Test
  void initialAgeIsTheLargerOfApparentAndCorrected() {
    Response response = response("Age", "5", "Date", HttpDate.format(NOW.minusSeconds(30)));
    assertEquals(Duration.ofSeconds(30), Ages.initial(NOW, NOW, response.headers()));
    assertEquals(Duration.ofSeconds(42), Ages.initial(NOW.minusSeconds(37), NOW, response.headers()),
        "the time it took");
    assertEquals(Duration.ofSeconds(30), Ages.initial(NOW.plusSeconds(37), NOW, response.headers()),
        "a clock set back");
    assertEquals(Duration.ZERO, Ages.initial(NOW, NOW, response("Date", HttpDate.format(NOW.plusSeconds(9)))
        .headers()));
    assertEquals(Duration.ofSeconds(1), Ages.initial(NOW, NOW.plusMillis(1000), response().headers()));
  }

  @Test
  void storageLifetimeIsFreshnessAndTheLongestUseAfterIt() {
    Freshness freshness = freshness(EXPLICIT, response("Cache-Control",
        "max-age=60, stale-while-revalidate=700, stale-if-error=90", "Age", "20", "ETag", "\"1\""));
    assertEquals(740, freshness.remaining().toSeconds());
    Freshness kept = freshness(EXPLICIT, response("Cache-Control", "max-age=60", "ETag", "\"1\""));
    assertEquals(660, kept.remaining().toSeconds());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "max-age=3600 | max-age=1 | 3600",
      "max-age=1 | max-age=3600 | 1",
      "max-age=3600 | no-store | 3600",
      "MaX-aGe=3600, foobar | max-age=1 | 3600",
      "max-age=\"3600\" | max-age=1 | 1",
      "max-age=3600, &&& | max-age=1 | 1",
      "max-age | max-age=1 | 1",
      "max-age=-1 | max-age=60 | 0",
      "private=?0, max-age=7 | private | 7",
      "'' | max-age=1 | 1"})
  void aTargetedFieldReplacesCacheControlIfItCanBeRead(String targeted, String control, long seconds) {
    Response response = response("CDN-Cache-Control", targeted, "Cache-Control", control, "Expires", HttpDate.format(NOW
        .plusSeconds(99)));
    assertEquals(seconds, freshFor(EXPLICIT, response));
  }

  @Test
  void aTargetedFieldProhibitsToo() {
    for (String targeted : new String[]{"no-store", "private", "no-cache"}) {
      Response response = response("CDN-Cache-Control", targeted, "Cache-Control", "max-age=60");
      assertFalse(HttpCases.storing(EXPLICIT, GET, response) instanceof Storing.Store, targeted);
    }
  }

  @Test
  void theFirstTargetedFieldCounts() {
    CachePolicy policy = EXPLICIT.targeted("Edge4J-Cache-Control", "CDN-Cache-Control", "Surrogate-Control");
    assertEquals(7, freshFor(policy, response("CDN-Cache-Control", "max-age=8", "Edge4J-Cache-Control", "max-age=7")));
    assertEquals(9, freshFor(policy, response("Surrogate-Control", "content=\"ESI/1.0\", max-age=9;edge4j",
        "Cache-Control", "no-store")));
  }
}
