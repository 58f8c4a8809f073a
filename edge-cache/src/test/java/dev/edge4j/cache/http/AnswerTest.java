package dev.edge4j.cache.http;

import static dev.edge4j.cache.http.HttpCases.GET;
import static dev.edge4j.cache.http.HttpCases.NOW;
import static dev.edge4j.cache.http.HttpCases.request;
import static dev.edge4j.cache.http.HttpCases.response;
import static dev.edge4j.cache.http.HttpCases.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.edge4j.cache.http.CacheStatus.Forward;
import dev.edge4j.cache.http.Decision.Use;
import dev.edge4j.http.HttpDate;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 sections 4 and 4.3.2, RFC 9211: what a client gets of what is stored, and what is told about it. */
class AnswerTest {
  private static final CacheRules RULES = new CacheRules(CachePolicy.EXPLICIT);
  private static final Instant LATER = NOW.plusSeconds(10);
  private static final StoredResponse TEA = stored(GET, response("Cache-Control", "max-age=60", "ETag", "\"1\"",
      "Last-Modified", "Sat, 31 Oct 2026 12:00:00 GMT", "Date", HttpDate.format(NOW), "Content-Type", "text/plain"));

  private static Response answer(Request request) {
    return RULES.answer(LATER, request, TEA, Use.FRESH);
  }

  private static String told(Response response, String field) {
    return String.join(", ", response.headers().all(field));
  }

  @Test
  void ageAndStatusAreTold() {
    Response answer = answer(GET);
    assertEquals("10", told(answer, "Age"));
    assertEquals("edge4j; hit; ttl=50", told(answer, "Cache-Status"));
    assertEquals("HIT", told(answer, "X-Cache"));
    assertEquals(HttpDate.format(NOW), told(answer, "Date"), "when it was made, not when it was sent");
    assertEquals("green", answer.text());
  }

  @ParameterizedTest
  @CsvSource({"FRESH,HIT", "WHILE_REVALIDATE,STALE", "MAX_STALE,STALE", "IF_ERROR,STALE", "VALIDATED,REVALIDATED"})
  void howItIsUsedIsTold(Use use, String told) {
    assertEquals(told, told(RULES.answer(NOW.plusSeconds(70), GET, TEA, use), "X-Cache"));
    assertEquals("edge4j; hit; ttl=-10; detail=near", told(RULES.answer(NOW.plusSeconds(70), GET, TEA, use, "near"),
        "Cache-Status"));
  }

  @Test
  void thePlainAnswerIsMadeOnceASecond() {
    assertSame(answer(GET), RULES.answer(LATER.plusMillis(999), GET, TEA, Use.FRESH));
    assertEquals("11", told(RULES.answer(LATER.plusMillis(1000), GET, TEA, Use.FRESH), "Age"));
    assertEquals("STALE", told(RULES.answer(LATER, GET, TEA, Use.IF_ERROR), "X-Cache"));
    assertEquals("HIT", told(answer(GET), "X-Cache"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "If-None-Match | \"1\" | 304",
      "If-None-Match | W/\"1\" | 304",
      "If-None-Match | \"0\", \"1\", \"2\" | 304",
      "If-None-Match | * | 304",
      "If-None-Match | \"2\" | 200",
      "If-Modified-Since | Sat, 31 Oct 2026 12:00:00 GMT | 304",
      "If-Modified-Since | Sat, 31 Oct 2026 13:00:00 GMT | 304",
      "If-Modified-Since | Saturday, 31-Oct-26 12:00:00 GMT | 304",
      "If-Modified-Since | Sat, 31 Oct 2026 11:00:00 GMT | 200",
      "If-Match | \"2\" | 412",
      "Range | bytes=0-1 | 206",
      "Range | bytes=-1 | 206",
      "Range | bytes=9- | 416"})
  void theClientsConditionsAreHeldAgainstIt(String field, String value, int status) {
    Response answer = answer(request(field, value));
    assertEquals(status, answer.status());
    if (status == 304) {
      assertEquals("\"1\"", told(answer, "ETag"));
      assertEquals("10", told(answer, "Age"));
    }
  }

  @Test
  void ifNoneMatchComesFirst() {
    assertEquals(200, answer(request("If-None-Match", "\"2\"", "If-Modified-Since", "Sat, 31 Oct 2026 13:00:00 GMT"))
        .status());
  }

  @Test
  void rangesOfTheWhole() {
    Response part = answer(request("Range", "bytes=1-2", "If-Range", "\"1\""));
    assertEquals("re", part.text());
    assertEquals("bytes 1-2/5", told(part, "Content-Range"));
    assertEquals(200, answer(request("Range", "bytes=1-2", "If-Range", "\"2\"")).status());
    assertEquals(200, answer(request("Range", "bytes=1-2").withMethod(Method.HEAD)).status());
  }

  @Test
  void withoutLastModifiedTheDateStandsForIt() {
    StoredResponse dated = stored(GET, response("Cache-Control", "max-age=60", "Date", HttpDate.format(NOW)));
    for (int seconds : new int[]{-1, 0, 1}) {
      Request request = request("If-Modified-Since", HttpDate.format(NOW.plusSeconds(seconds)));
      assertEquals(seconds < 0 ? 200 : 304, RULES.answer(LATER, request, dated, Use.FRESH).status());
    }
  }

  @Test
  void ofWhatCameNothingForCachesAloneGoesOn() {
    Response came = response("Surrogate-Key", "a", "Cache-Tag", "b", "CDN-Cache-Control", "max-age=9", "Cache-Status",
        "origin; hit", "Surrogate-Control", "max-age=9");
    var rules = new CacheRules(CachePolicy.EXPLICIT.targeted("Surrogate-Control").vary(List.of("X-Tenant")));
    Response told = rules.relay(NOW, GET, came, CacheStatus.forwarded(Forward.URI_MISS).withStored(true));
    assertFalse(told.headers().contains("Surrogate-Key") || told.headers().contains("Cache-Tag") || told.headers()
        .contains("Surrogate-Control"));
    assertEquals("max-age=9", told(told, "CDN-Cache-Control"));
    assertEquals("origin; hit, edge4j; fwd=uri-miss; stored", told(told, "Cache-Status"));
    assertEquals("x-tenant", told(told, "Vary"));
    assertEquals("MISS", told(told, "X-Cache"));
  }

  @Test
  void whoAskedForTheWholeCutsItForTheClient() {
    Response whole = response("ETag", "\"1\"");
    CacheStatus miss = CacheStatus.forwarded(Forward.URI_MISS);
    assertEquals(206, RULES.relay(NOW, request("Range", "bytes=0-1"), whole, miss).status());
    assertEquals(304, RULES.relay(NOW, request("If-None-Match", "\"1\""), whole, miss).status());
    var passing = new CacheRules(CachePolicy.EXPLICIT.wholes(false));
    assertEquals(200, passing.relay(NOW, request("Range", "bytes=0-1"), whole, miss).status());
  }
}
