package dev.edge4j.cache.http;

import static dev.edge4j.cache.http.HttpCases.GET;
import static dev.edge4j.cache.http.HttpCases.NOW;
import static dev.edge4j.cache.http.HttpCases.request;
import static dev.edge4j.cache.http.HttpCases.response;
import static dev.edge4j.cache.http.HttpCases.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.http.CacheStatus.Forward;
import dev.edge4j.cache.http.Decision.Fetch;
import dev.edge4j.cache.http.Decision.Validate;
import dev.edge4j.http.Headers;
import dev.edge4j.http.HttpDate;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 section 4.3: what is stale is asked after, and brought up to date. */
class ValidationTest {
  private static final CacheRules RULES = new CacheRules(CachePolicy.EXPLICIT);
  private static final Instant LATER = NOW.plusSeconds(90);
  private static final String CHANGED = "Sat, 31 Oct 2026 12:00:00 GMT";

  private static StoredResponse tea(String... more) {
    Headers.Builder fields = response("Cache-Control", "max-age=60", "ETag", "\"1\"", "Last-Modified", CHANGED)
        .headers()
        .toBuilder();
    for (int i = 0; i < more.length; i += 2) {
      fields.set(more[i], more[i + 1]);
    }
    return stored(GET, response().withHeaders(fields.build()));
  }

  private static Optional<Freshened> freshened(CacheRules rules, StoredResponse stored, String... fields) {
    return rules.freshen(LATER, LATER, GET, stored, Response.of(304).withHeaders(Headers.of(fields)));
  }

  @Test
  void ourValidatorsTakeThePlaceOfTheClientsConditions() {
    Request client = request("If-None-Match", "\"0\"", "If-Modified-Since", "x", "If-Match", "*", "If-Unmodified-Since",
        "y", "Range", "bytes=0-1", "If-Range", "\"0\"", "Accept", "text/plain");
    Request sent = RULES.forward(client, new Validate(tea(), Forward.STALE, false));
    assertEquals(request("Accept", "text/plain", "If-None-Match", "\"1\"", "If-Modified-Since", CHANGED).headers(), sent
        .headers());
  }

  @ParameterizedTest
  @CsvSource({"W/\"abc\",W/\"abc\"", "abc,", "W\"abc\","})
  void tagsThatAreNoneAreNotSent(String tag, String sent) {
    Request request = RULES.forward(GET, new Validate(tea("ETag", tag), Forward.STALE, false));
    assertEquals(Optional.ofNullable(sent), request.headers().first("If-None-Match"));
    assertTrue(request.headers().contains("If-Modified-Since"));
  }

  @Test
  void aMissAsksForTheWholeIfThePolicyWantsThat() {
    Request client = request("If-None-Match", "\"0\"", "Range", "bytes=0-1");
    var miss = new Fetch(Forward.URI_MISS, Optional.empty());
    assertEquals(request().headers(), RULES.forward(client, miss).headers());
    assertEquals(client, new CacheRules(CachePolicy.EXPLICIT.wholes(false)).forward(client, miss));
    Request put = request("If-Match", "\"1\"").withMethod(Method.PUT);
    assertEquals(put, RULES.forward(put, RULES.decide(NOW, put, List.of())),
        "an unsafe request is nobody's but its own");
  }

  @Test
  void whoMayWaitForWhom() {
    assertTrue(RULES.isCollapsible(GET));
    for (String field : new String[]{"If-None-Match", "If-Modified-Since", "Range", "If-Match", "Authorization"}) {
      assertFalse(RULES.isCollapsible(request(field, "x")), field);
    }
  }

  @Test
  void aNotModifiedMakesItFreshAgain() {
    Freshened fresh = freshened(RULES, tea("X", "old", "Y", "kept"), "ETag", "\"1\"", "Cache-Control", "max-age=7", "X",
        "new", "X", "newer", "Date", HttpDate.format(LATER)).orElseThrow();
    assertTrue(fresh.keep());
    StoredResponse stored = fresh.stored();
    assertEquals(7, stored.timeToLive(LATER).toSeconds());
    assertEquals(List.of("new", "newer"), stored.headers().all("X"));
    assertEquals(List.of("kept"), stored.headers().all("Y"));
    assertEquals("green", new String(stored.body(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"Content-Encoding,true", "Content-Range,true", "Content-MD5,true", "Content-Digest,true",
      "Content-Type,false", "Content-Location,false", "Content-Foo,false", "Expires,false", "X-Frame-Options,false"})
  void butWhatTheBodyDependsOnStays(String field, boolean stays) {
    StoredResponse stored = freshened(RULES, tea(field, "a"), "ETag", "\"1\"", field, "b").orElseThrow().stored();
    assertEquals(List.of(stays ? "a" : "b"), stored.headers().all(field));
  }

  @Test
  void whatIsNeverStoredIsNotByA304Either() {
    Headers headers = freshened(RULES, tea(), "ETag", "\"1\"", "Connection", "X", "X", "1", "Content-Length", "0",
        "Age",
        "3", "Transfer-Encoding", "x").orElseThrow().stored().headers();
    assertEquals(tea().headers(), headers);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "\"1\" | ETag | \"1\" | true",
      "\"1\" | ETag | \"2\" | false",
      "\"1\" | ETag | W/\"1\" | true",
      "W/\"1\" | ETag | W/\"1\" | true",
      "W/\"1\" | ETag | \"1\" | false",
      "\"1\" | Last-Modified | Sat, 31 Oct 2026 12:00:00 GMT | true",
      "\"1\" | Last-Modified | Sat, 31 Oct 2026 13:00:00 GMT | false",
      "\"1\" | X | says nothing | true"})
  void a304IsAboutWhatItsValidatorsSay(String tag, String field, String value, boolean about) {
    assertEquals(about, freshened(RULES, tea("ETag", tag), field, value).isPresent());
  }

  @Test
  void unlessThePolicyTrustsIt() {
    var trusting = new CacheRules(CachePolicy.EXPLICIT.trustsNotModified(true));
    StoredResponse stored = freshened(trusting, tea(), "ETag", "\"2\"").orElseThrow().stored();
    assertEquals(List.of("\"1\""), stored.headers().all("ETag"), "the body is the old one");
    assertEquals(60, stored.timeToLive(LATER).toSeconds());
  }

  @Test
  void a304MayForbidToKeepWhatItAnswersWith() {
    for (String control : new String[]{"no-store", "private"}) {
      Freshened fresh = freshened(RULES, tea(), "ETag", "\"1\"", "Cache-Control", control).orElseThrow();
      assertFalse(fresh.keep(), control);
      Response answer = RULES.answerValidated(LATER, GET, fresh, Response.of(304), Forward.STALE);
      assertEquals("edge4j; fwd=stale; fwd-status=304; ttl=0", answer.header("Cache-Status").orElseThrow());
    }
  }

  @Test
  void itsCookieIsForItsClientAlone() {
    Response notModified = Response.of(304).withHeaders(Headers.of("ETag", "\"1\"", "Set-Cookie", "a=b"));
    Freshened fresh = RULES.freshen(LATER, LATER, GET, tea(), notModified).orElseThrow();
    assertTrue(fresh.keep());
    assertFalse(fresh.stored().headers().contains("Set-Cookie"));
    Response answer = RULES.answerValidated(LATER, GET, fresh, notModified, Forward.STALE);
    assertEquals(List.of("a=b"), answer.headers().all("Set-Cookie"));
    assertEquals(List.of("REVALIDATED"), answer.headers().all("X-Cache"));
    var storing = new CacheRules(CachePolicy.EXPLICIT.cookies(CookieRule.LIKE_ANY_FIELD));
    assertEquals(List.of("a=b"), storing.freshen(LATER, LATER, GET, tea(), notModified)
        .orElseThrow()
        .stored()
        .headers()
        .all("Set-Cookie"));
  }

  @Test
  void keysStayUnlessThe304NamesOthers() {
    StoredResponse stored = tea("Surrogate-Key", "a", "Cache-Groups", "\"g\"");
    assertEquals(stored.tags(), freshened(RULES, stored, "ETag", "\"1\"").orElseThrow().stored().tags());
    assertEquals(stored.groups(), freshened(RULES, stored, "ETag", "\"1\"").orElseThrow().stored().groups());
    assertEquals(Set.of("b"), freshened(RULES, stored, "Cache-Tag", "b").orElseThrow().stored().tags());
  }

  @Test
  void headMakesFreshWhatItDescribes() {
    StoredResponse plain = stored(GET, response("Cache-Control", "max-age=60", "A", "1", "B", "1"));
    Response head = response("Cache-Control", "max-age=1000", "A", "2", "Content-Length", "5");
    StoredResponse updated = RULES.afterHead(LATER, LATER, GET, head, List.of(plain)).getFirst();
    assertEquals(1000, updated.timeToLive(LATER).toSeconds());
    assertEquals(List.of("2", "1"), List.of(updated.headers().first("A").orElseThrow(), updated.headers()
        .first("B")
        .orElseThrow()));
  }

  @Test
  void andShowsWhatIsOutdated() {
    StoredResponse variant = stored(request("Foo", "2"), response("Cache-Control", "max-age=60", "Vary", "Foo"));
    for (Response head : List.of(response("ETag", "\"2\"", "Last-Modified", CHANGED), response("ETag", "\"1\""),
        response("ETag", "\"1\"", "Last-Modified", CHANGED, "Content-Length", "6"))) {
      assertEquals(List.of(variant), RULES.afterHead(LATER, LATER, GET, head, List.of(tea(), variant)));
    }
    assertEquals(List.of(tea()), RULES.afterHead(LATER, LATER, GET, Response.of(404), List.of(tea())), "tells nothing");
  }
}
