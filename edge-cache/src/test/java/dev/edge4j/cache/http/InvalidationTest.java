package dev.edge4j.cache.http;

import static dev.edge4j.cache.http.HttpCases.request;
import static dev.edge4j.cache.http.HttpCases.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 section 4.4 and RFC 9875: what an unsafe request makes invalid. */
class InvalidationTest {
  private static final String TEA = "GET http://shop.example/tea";

  private static Invalidation by(String method, Response response) {
    return new CacheRules(CachePolicy.EXPLICIT).invalidated(request().withMethod(Method.of(method)), response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "M-SEARCH"})
  void theTargetOfAnUnsafeMethodThatSucceeded(String method) {
    for (int status : new int[]{200, 201, 204, 303}) {
      assertEquals(Set.of(TEA), by(method, response().withStatus(status)).targets());
    }
    for (int status : new int[]{400, 404, 500}) {
      assertTrue(by(method, response("Location", "/x").withStatus(status)).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE"})
  void nothingByASafeOne(String method) {
    assertTrue(by(method, response("Location", "/x", "Cache-Group-Invalidation", "\"g\"")).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "/coffee?a=b#top | GET http://shop.example/coffee?a=b",
      "coffee | GET http://shop.example/coffee",
      "?a=b | GET http://shop.example/tea?a=b",
      "'' | GET http://shop.example/tea",
      "#top | GET http://shop.example/tea",
      "./x/../coffee | GET http://shop.example/coffee",
      "http://SHOP.example:80 | GET http://shop.example/",
      "HTTP://shop.example/%63offee | GET http://shop.example/coffee",
      "//shop.example/coffee | GET http://shop.example/coffee"})
  void whereItPointsAtWithinTheOrigin(String reference, String key) {
    for (String field : new String[]{"Location", "Content-Location"}) {
      assertTrue(by("POST", response(field, reference)).targets().contains(key), reference);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://shop.example/coffee", "http://other.example/coffee", "http://shop.example:81/coffee",
      "//other.example/x", "mailto:a@b.example", "http://[::1", "%%%", "/a%00b", "http://shop.example@other.example/"})
  void andNowhereElse(String reference) {
    assertEquals(Set.of(TEA), by("POST", response("Location", reference)).targets());
  }

  @Test
  void groupsOfItsOrigin() {
    Invalidation invalid = by("POST", response("Cache-Group-Invalidation", "\"a\", \"B\";x=1",
        "Cache-Group-Invalidation",
        "\"c,d\", no"));
    assertEquals(Set.of("a", "B", "c,d"), invalid.groups());
    assertEquals("http://shop.example", invalid.origin());
    assertEquals(Set.of(), by("POST", response("Cache-Group-Invalidation", "\"a\", \"")).groups(), "cannot be read");
  }

  @Test
  void referencesAreReadFromWhereTheClientStands() {
    Request mounted = Request.post("/shop/orders")
        .withHeaders(Headers.of("Host", "h"))
        .withTarget(new RequestTarget("/shop/orders", "/orders", ""));
    Invalidation invalid = new CacheRules(CachePolicy.EXPLICIT).invalidated(mounted, response("Location", "orders/7"));
    assertEquals(Set.of("GET http://h/shop/orders", "GET http://h/shop/orders/7"), invalid.targets());
  }
}
