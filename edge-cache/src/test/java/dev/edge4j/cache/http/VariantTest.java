package dev.edge4j.cache.http;

import static dev.edge4j.cache.http.HttpCases.NOW;
import static dev.edge4j.cache.http.HttpCases.request;
import static dev.edge4j.cache.http.HttpCases.response;
import static dev.edge4j.cache.http.HttpCases.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 section 4.1: requests that ask for the same share a response, and no others do. */
class VariantTest {
  private static final String ABSENT = "-";

  private static boolean share(CachePolicy policy, String field, String one, String other, String... own) {
    List<String> fields = new ArrayList<>(List.of("Cache-Control", "max-age=60", "Vary", "X-Other, " + field));
    fields.addAll(List.of(own));
    StoredResponse stored = stored(policy, with(field, one), response(fields.toArray(new String[0])));
    return new CacheRules(policy).decide(NOW, with(field, other), List.of(stored)) instanceof Decision.Serve;
  }

  /** Lines stand beside each other with a tilde between. */
  private static Request with(String field, String value) {
    Headers.Builder headers = request("X-Other", "1").headers().toBuilder();
    if (!value.equals(ABSENT)) {
      for (String line : value.split("~", -1)) {
        headers.add(field, line);
      }
    }
    return request().withHeaders(headers.build());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "Foo | 1 | 1 | true",
      "Foo | 1 | 2 | false",
      "Foo | 1 | - | false",
      "Foo | - | 1 | false",
      "Foo | - | - | true",
      "Foo | a | A | false",
      "Foo | 1, 2 | 1~2 | true",
      "Foo | 1,2 | ' 1, 2 ' | true",
      "Foo | 1,2 | 2,1 | false",
      "Foo | \"1, 2\" | \"1,2\" | false",
      "Foo | '' | - | false",
      "Accept-Language | en, de | de, en | true",
      "Accept-Language | en, de | eN , De;q=1.0 | true",
      "Accept-Language | en, de;q=0.5 | de, en;q=0.5 | false",
      "Accept-Language | en | en, de | false",
      "Accept-Encoding | gzip, br | br;q=0.9, gzip, dcb | true",
      "Accept-Encoding | gzip | gzip;q=0 | false",
      "Accept-Encoding | gzip | gzip, br | false",
      "Accept-Encoding | gzip | * | false",
      "Accept-Encoding | *;q=0 | '' | false",
      "Accept | text/html, */*;q=0.1 | */*; q=0.1,text/html | true",
      "Accept | text/html | text/plain | false"})
  void normalForms(String field, String one, String other, boolean same) {
    assertEquals(same, share(CachePolicy.EXPLICIT, field, one, other));
  }

  @Test
  void listsOfWhatThereIsKeepTheNumberOfVariantsDown() {
    CachePolicy policy = CachePolicy.EXPLICIT.languages("en", "de").mediaTypes("text/html", "application/json");
    assertTrue(share(policy, "Accept-Language", "de-AT, de;q=0.9, fr;q=0.8", "fr, de;q=0.7, en;q=0.3"));
    assertTrue(share(policy, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8", "*/*"));
    assertEquals(false, share(policy, "Accept", "application/json", "*/*"));
    assertEquals(false, share(policy, "Accept-Language", "de", "en"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "de | fr;q=0.5, de;q=1.0 | true",
      "de | fr, de;q=0.5 | false",
      "de | de-AT | false",
      "de, en | de | false",
      "'' | de | false"})
  void theLanguageThatIsLikedBestNeedsNoOther(String content, String wanted, boolean same) {
    CachePolicy policy = CachePolicy.EXPLICIT.byContentLanguage(true);
    assertEquals(same, share(policy, "Accept-Language", "en, de", wanted, "Content-Language", content));
    assertEquals(false, share(CachePolicy.EXPLICIT, "Accept-Language", "en, de", wanted, "Content-Language", content));
  }

  @Test
  void theLanguageAloneIsNotEnough() {
    CachePolicy policy = CachePolicy.EXPLICIT.byContentLanguage(true);
    StoredResponse stored = stored(policy, request("Accept-Language", "en, de", "Foo", "1"), response("Cache-Control",
        "max-age=60", "Vary", "Foo, Accept-Language", "Content-Language", "de"));
    var rules = new CacheRules(policy);
    assertTrue(rules.decide(NOW, request("Accept-Language", "de", "Foo", "1"), List.of(
        stored)) instanceof Decision.Serve);
    assertTrue(rules.decide(NOW, request("Accept-Language", "de", "Foo", "2"), List.of(
        stored)) instanceof Decision.Fetch);
  }

  @Test
  void fieldsOfThePolicyCountWithoutBeingNamed() {
    CachePolicy policy = CachePolicy.EXPLICIT.vary(List.of("X-Tenant"));
    StoredResponse stored = stored(policy, request("X-Tenant", "a"), response("Cache-Control", "max-age=60"));
    assertEquals(List.of("x-tenant"), stored.vary());
    assertEquals("x-tenant", stored.headers().first("Vary").orElseThrow());
    assertTrue(new CacheRules(policy).decide(NOW, request("X-Tenant", "b"), List.of(
        stored)) instanceof Decision.Fetch);
  }

  @Test
  void whatWasOnceFoundToMatchIsNotTakenForMore() {
    StoredResponse stored = stored(request("Foo", "1,2"), response("Cache-Control", "max-age=60", "Vary", "Foo, Bar"));
    var rules = new CacheRules(CachePolicy.EXPLICIT);
    for (int i = 0; i < 2; i++) {
      assertTrue(rules.decide(NOW, request("Foo", "1, 2"), List.of(stored)) instanceof Decision.Serve);
      assertTrue(rules.decide(NOW, request("Foo", "1", "Foo", "2"), List.of(stored)) instanceof Decision.Serve);
      for (Request other : List.of(request("Foo", "1, 2", "Foo", "3"), request("Foo", "1, 2", "Bar", ""), request("Bar",
          "1, 2"), request("Foo", "1"))) {
        assertTrue(rules.decide(NOW, other, List.of(stored)) instanceof Decision.Fetch, other.headers().toString());
      }
    }
  }

  @Test
  void oneOfAKindAndNoMoreThanThePolicyHas() {
    var rules = new CacheRules(CachePolicy.EXPLICIT.variants(3));
    List<StoredResponse> stored = List.of();
    for (String value : new String[]{"1", "2", "2", "3", "4"}) {
      stored = rules.beside(stored(request("Foo", value), response("Cache-Control", "max-age=60", "Vary", "Foo")),
          stored);
    }
    assertEquals(List.of("foo=2:+4;", "foo=2:+3;", "foo=2:+2;"), stored.stream().map(StoredResponse::variant).toList());
  }

  @Test
  void aResponseWithoutVaryTakesThePlaceOfAllThatItWouldHide() {
    var rules = new CacheRules(CachePolicy.EXPLICIT);
    StoredResponse one = stored(request("Foo", "1"), response("Cache-Control", "max-age=60", "Vary", "Foo"));
    StoredResponse plain = stored(request("Foo", "1"), response("Cache-Control", "max-age=60"));
    StoredResponse two = stored(request("Foo", "2"), response("Cache-Control", "max-age=60", "Vary", "Foo"));
    assertEquals(List.of(plain), rules.beside(plain, List.of(one, two)));
    assertEquals(List.of(one, two), rules.beside(one, List.of(two)));
    assertEquals(List.of(one), rules.beside(one, List.of(plain)));
  }
}
