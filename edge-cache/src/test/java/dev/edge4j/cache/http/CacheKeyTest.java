package dev.edge4j.cache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests share a key only if one answer is right for both. */
class CacheKeyTest {
  private static final CacheRules RULES = new CacheRules(CachePolicy.EXPLICIT);

  private static Request request(String target, String... headers) {
    return Request.get(target).withHeaders(Headers.of(headers));
  }

  private static String variant(String name, String value) {
    return RULES.variant(request("/", name, value), CacheKey.names(List.of(name)));
  }

  @ParameterizedTest
  @CsvSource({"/tea?page=2,Shop.Example:80,GET http://shop.example/tea?page=2",
      "/a/../tea,shop.example.,GET http://shop.example/tea",
      "/a%3Fb,h,GET http://h/a%3Fb",
      "/a?b,h,GET http://h/a?b",
      "/a%253Fb,h,GET http://h/a%253Fb",
      "http://other.example/a,h,GET http://other.example/a"})
  void primary(String target, String host, String key) {
    assertEquals(Optional.of(key), CacheKey.primary(request(target, "Host", host)));
  }

  @Test
  void headSharesTheKeyOfGetAndSchemesDoNot() {
    Request get = request("/", "Host", "h");
    assertEquals(CacheKey.primary(get), CacheKey.primary(get.withMethod(Method.HEAD)));
    var secure = new Request(get.method(), get.target(), get.headers(), get.body(), "https", get.peer());
    assertNotEquals(CacheKey.primary(get), CacheKey.primary(secure));
  }

  @Test
  void twoHostsOrNoneAtAll() {
    assertEquals(Optional.empty(), CacheKey.primary(request("/", "Host", "a", "Host", "b")));
    assertEquals(Optional.empty(), CacheKey.primary(request("/", "Host", "a/b?c")));
    assertEquals(Optional.of("GET http:///"), CacheKey.primary(request("/")));
  }

  @Test
  void belowAMountTheWholePathCounts() {
    Request shop = request("/shop/tea");
    Request mounted = shop.withTarget(new RequestTarget(shop.target().raw(), "/tea", ""));
    assertEquals(CacheKey.primary(shop), CacheKey.primary(mounted));
    Request rewritten = shop.withTarget(new RequestTarget(shop.target().raw(), "/coffee", ""));
    assertNotEquals(CacheKey.primary(shop), CacheKey.primary(rewritten));
  }

  @Test
  void spellingsOfOneWishAreOneVariant() {
    assertEquals(variant("Accept-Language", "de, en;q=0.5"), variant("accept-language", "DE,en; q=0.5"));
    assertEquals(variant("Accept-Encoding", "gzip, deflate, br, zstd"), variant("Accept-Encoding",
        "zstd,br;q=0.9,gzip , deflate, dcb"));
  }

  @Test
  void differentWishesAreNot() {
    assertNotEquals(variant("Accept-Encoding", "gzip"), variant("Accept-Encoding", "gzip;q=0"));
    assertNotEquals(variant("Accept-Encoding", "*;q=0"), variant("Accept-Encoding", ""));
    assertNotEquals(variant("X-Tenant", "a"), variant("X-Tenant", "A"));
    assertNotEquals(variant("X-Tenant", ""), RULES.variant(request("/"), List.of("x-tenant")));
    List<String> both = List.of("a", "b");
    assertNotEquals(RULES.variant(request("/", "a", "1;b=1:2", "b", "3"), both), RULES.variant(request("/", "a",
        "1", "b", "2;b=1:3"), both));
  }

  @Test
  void aLongValueCountsByItsDigest() {
    assertTrue(variant("X-Tenant", "a".repeat(10_000)).length() < 200);
    assertNotEquals(variant("X-Tenant", "a".repeat(10_000)), variant("X-Tenant", "a".repeat(10_001)));
  }

  @Test
  void statusFollowsTheStandard() {
    assertEquals("edge4j; hit; ttl=-3", CacheStatus.hit(Duration.ofMillis(-2_500)).toString());
    assertEquals("edge4j; fwd=uri-miss; stored; collapsed", CacheStatus.forwarded(
        CacheStatus.Forward.URI_MISS).withStored(true).withCollapsed(true).toString());
  }
}
