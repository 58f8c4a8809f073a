package dev.edge4j.cache.http;

import static dev.edge4j.cache.http.HttpCases.GET;
import static dev.edge4j.cache.http.HttpCases.controlled;
import static dev.edge4j.cache.http.HttpCases.refused;
import static dev.edge4j.cache.http.HttpCases.request;
import static dev.edge4j.cache.http.HttpCases.response;
import static dev.edge4j.cache.http.HttpCases.stored;
import static dev.edge4j.cache.http.HttpCases.storing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.http.Storing.Reason;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 section 3: what a shared cache stores. */
class WhatIsStoredTest {
  private static final CachePolicy EXPLICIT = CachePolicy.EXPLICIT;

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "no-store, max-age=60 | NO_STORE",
      "NO-STORE | NO_STORE",
      "x=\"a, no-store | NO_STORE",
      "private, max-age=60 | PRIVATE",
      "private=\"\", max-age=60 | PRIVATE",
      "private=\"a b\", max-age=60 | PRIVATE",
      "private, private=\"Set-Cookie\", max-age=60 | PRIVATE",
      "no-cache | NOT_FRESH",
      "max-age=60, no-cache | NOT_FRESH",
      "max-age=0 | NOT_FRESH",
      "max-age=-1 | NOT_FRESH",
      "max-age=one | NOT_FRESH",
      "max-age='60' | NOT_FRESH",
      "max-age =60 | NOT_FRESH",
      "max-age= 60 | NOT_FRESH",
      "max-age | NOT_FRESH",
      "max-age=10, max-age=20 | NOT_FRESH",
      "s-maxage=0, max-age=100 | NOT_FRESH",
      "public | NOT_FRESH"})
  void prohibitionsAndWhatCannotBeRead(String control, Reason reason) {
    assertEquals(reason, refused(EXPLICIT, GET, controlled(control)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-age=60", "MaX-aGe=60", "max-age=\"60\"", "foobar, max-age=60",
      "x=\"no-store, private\", max-age=60",
      "max-age=60, immutable", "max-age=60, max-age=60", "max-age=60, must-revalidate", ",, max-age=60 ,"})
  void whatIsFreshIs(String control) {
    assertEquals(60, stored(GET, controlled(control)).freshness().freshFor().toSeconds());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 203, 204, 299, 301, 302, 303, 307, 308, 400, 404, 410, 499, 500, 503, 599})
  void anyFinalStatusThatStatesItsFreshness(int status) {
    assertInstanceOf(Storing.Store.class, storing(EXPLICIT, GET, controlled("max-age=60").withStatus(status)));
  }

  @ParameterizedTest
  @ValueSource(ints = {206, 304, 412, 416})
  void butNeitherPartsNorAnswersToConditions(int status) {
    assertEquals(Reason.STATUS, refused(EXPLICIT, GET, controlled("max-age=60").withStatus(status)));
  }

  @Test
  void mustUnderstandCountsForMoreThanNoStoreWhereTheStatusIsUnderstood() {
    Response response = controlled("max-age=60, no-store, must-understand");
    assertInstanceOf(Storing.Store.class, storing(EXPLICIT, GET, response));
    assertEquals(Reason.STATUS, refused(EXPLICIT, GET, response.withStatus(599)));
    assertEquals(Reason.STATUS, refused(EXPLICIT, GET, controlled("max-age=60, must-understand").withStatus(599)));
  }

  @Test
  void onlyAnswersToGet() {
    for (String method : new String[]{"HEAD", "POST", "PUT", "OPTIONS", "get", "QUERY"}) {
      assertEquals(Reason.METHOD, refused(EXPLICIT, GET.withMethod(Method.of(method)), controlled("max-age=60")));
    }
  }

  @Test
  void noAnswerToAGetWithContent() {
    assertEquals(Reason.METHOD, refused(EXPLICIT, request("Content-Length", "3"), controlled("max-age=60")));
    assertEquals(Reason.METHOD, refused(EXPLICIT, request("Transfer-Encoding", "chunked"), controlled("max-age=60")));
    assertInstanceOf(Storing.Store.class, storing(EXPLICIT, request("Content-Length", "0"), controlled("max-age=60")));
  }

  @Test
  void orToAPostThatSaysItIsWhatAGetGives() {
    Request post = GET.withMethod(Method.POST);
    Response same = response("Cache-Control", "max-age=60", "Content-Location", "/tea");
    assertInstanceOf(Storing.Store.class, storing(EXPLICIT, post, same));
    assertEquals(Reason.METHOD, refused(EXPLICIT, post, same.withHeader("Content-Location", "/tea/2")));
    assertEquals(Reason.METHOD, refused(EXPLICIT, post, same.withHeader("Content-Location",
        "http://evil.example/tea")));
    assertEquals(Reason.METHOD, refused(EXPLICIT.freshFor(Duration.ofDays(1)), post, response(
        "Content-Location", "/tea")));
    assertEquals(Reason.METHOD, refused(EXPLICIT, post, same.withStatus(201)));
  }

  @Test
  void nothingForARequestThatDoesNotWantThat() {
    Request request = request("Cache-Control", "no-store");
    assertEquals(Reason.REQUEST_NO_STORE, refused(EXPLICIT, request, controlled("max-age=60")));
    assertInstanceOf(Storing.Store.class, storing(EXPLICIT.obey(Set.of()), request, controlled("max-age=60")));
  }

  @ParameterizedTest
  @CsvSource({"max-age=60,false", "'public, max-age=60',true", "s-maxage=60,true", "'must-revalidate, max-age=9',true",
      "'proxy-revalidate, max-age=9',false"})
  void authorizationNeedsPermission(String control, boolean storable) {
    Storing storing = storing(EXPLICIT, request("Authorization", "Bearer x"), controlled(control));
    assertEquals(storable, storing instanceof Storing.Store);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "NEVER | max-age=60 | false",
      "NEVER | public, max-age=60 | false",
      "NEVER | max-age=60, private=\"Set-Cookie\" | true",
      "NEVER | max-age=60, no-cache=\"set-cookie\" | true",
      "NEVER | max-age=60, private=Set-Cookie | true",
      "NEVER | max-age=60, private=\"X-Own\" | false",
      "IF_MARKED_SHARED | max-age=60 | false",
      "IF_MARKED_SHARED | public, max-age=60 | true",
      "IF_MARKED_SHARED | s-maxage=60 | true",
      "LIKE_ANY_FIELD | max-age=60 | true"})
  void cookies(CookieRule rule, String control, boolean storable) {
    Response response = response("Cache-Control", control, "Set-Cookie", "a=b");
    assertEquals(storable, storing(EXPLICIT.cookies(rule), GET, response) instanceof Storing.Store);
  }

  @Test
  void aResponseThatDependsOnWhatNoRequestSays() {
    for (String vary : new String[]{"*", "*, *", ", *", "Accept, *", "*, Accept"}) {
      assertEquals(Reason.VARY, refused(EXPLICIT, GET, response("Cache-Control", "max-age=60", "Vary", vary)));
    }
    assertEquals(Reason.VARY, refused(EXPLICIT, GET, response("Cache-Control", "max-age=60", "Vary", "", "Vary", "*")));
  }

  @Test
  void qualifiedFieldsAreLeftOut() {
    Headers kept = stored(GET, response("Cache-Control", "max-age=60, private=\"A, b\"", "Cache-Control",
        "no-cache=\"c\"", "a", "1", "B", "2", "c", "3", "d", "4")).headers();
    assertFalse(kept.contains("a") || kept.contains("b") || kept.contains("c"));
    assertTrue(kept.contains("d"));
  }

  @Test
  void soIsWhatBelongsToOneConnectionAndWhatTheCacheWrites() {
    Headers kept = stored(GET, response("Cache-Control", "max-age=60", "Connection", "X-Hop, close", "X-Hop", "1",
        "Keep-Alive", "1", "Proxy-Authenticate", "x", "TE", "x", "Upgrade", "x", "Transfer-Encoding", "chunked",
        "Content-Length", "5", "Age", "1", "X-Cache", "HIT", "Cache-Status", "x; hit", "Surrogate-Key", "a", "ETag",
        "\"1\"")).headers();
    assertEquals(Headers.of("Cache-Control", "max-age=60", "ETag", "\"1\""), kept);
  }

  @Test
  void whatCanBeValidatedIsKeptThoughItIsNotFresh() {
    Response response = response("Cache-Control", "no-cache", "ETag", "\"1\"");
    assertEquals(600, stored(GET, response).freshness().remaining().toSeconds());
    assertEquals(Reason.NOT_FRESH, refused(EXPLICIT.keepFor(Duration.ZERO), GET, response));
    assertEquals(Reason.NOT_FRESH, refused(EXPLICIT, GET, response("ETag", "\"1\"")), "says nothing of caches");
  }

  @Test
  void partsOnlyIfThePolicyWantsThem() {
    CachePolicy policy = EXPLICIT.parts(true);
    Response part = response("Cache-Control", "max-age=60", "Content-Range", "bytes 0-4/10").withStatus(206);
    StoredResponse stored = stored(policy, request("Range", "bytes=0-4"), part);
    assertEquals(List.of("if-range", "range"), stored.vary());
    assertEquals(Reason.STATUS, refused(policy, GET, part));
    assertEquals(Reason.STATUS, refused(policy, request("Range", "bytes=0-4", "If-Range", "\"1\""), part));
  }

  @Test
  void theNextRequestNeedNotWaitForWhatIsNeverShared() {
    assertTrue(((Storing.Skip) storing(EXPLICIT, GET, controlled("private"))).hitForMiss());
    assertTrue(((Storing.Skip) storing(EXPLICIT, GET, response())).hitForMiss());
    assertFalse(((Storing.Skip) storing(EXPLICIT, GET, controlled("no-store").withStatus(503))).hitForMiss());
    assertFalse(((Storing.Skip) storing(EXPLICIT, request("Authorization", "x"), controlled("max-age=9")))
        .hitForMiss());
  }

  @Test
  void surrogateKeysAndGroups() {
    StoredResponse stored = stored(GET, response("Cache-Control", "max-age=60", "Surrogate-Key", "tea  shop",
        "Cache-Tag",
        "a b, c,", "Cache-Groups", "\"g1\", \"g,2\", token"));
    assertEquals(Set.of("tea", "shop", "a b", "c"), stored.tags());
    assertEquals(Set.of("g1", "g,2"), stored.groups());
  }
}
