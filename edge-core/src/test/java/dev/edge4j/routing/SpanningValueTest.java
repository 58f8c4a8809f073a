package dev.edge4j.routing;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A value of an expression may hold slashes; it is the longest one, and raw. */
class SpanningValueTest {
  @Test
  void theEarlierParameterIsTheLongerOne() {
    assertEquals(Map.of("a", "x/-/y", "b", "z"), only("/:a{.+}/-/:b{.+}", "/x/-/y/-/z").params());
    assertEquals(Map.of("p", "a/b"), only("/:p{.+}/:q?", "/a/b").params());
    assertEquals(Map.of("p", "a/b/c"), only("/:p{.+}/*", "/a/b/c").params());
  }

  @Test
  void whatFollowsMakesItShorter() {
    assertEquals(Map.of("p", "a/edit"), only("/:p{.+}/edit", "/a/edit/edit").params());
    assertEquals(Map.of("p", "a", "id", "b"), only("/:p{.+}/:id", "/a/b").params());
  }

  @Test
  void theExpressionSeesTheValueAlone() {
    assertEquals("b", only("/a/:p{^b$}/c", "/a/b/c").param("p").orElseThrow());
    assertTrue(matches("/:k{a|b}/x", "/ab/x").isEmpty());
    assertEquals("ab", only("/:k{a|b|ab}", "/ab").param("k").orElseThrow());
  }

  @Test
  void escapesStayInTheValue() {
    assertEquals("a%2Fb/100%25", only("/:p{.+}", "/a%2Fb/100%25").param("p").orElseThrow());
  }

  @Test
  void absentAndUnknownParametersAreEmpty() {
    var match = only("/a/*/:x?", "/a/1");
    assertEquals(Optional.empty(), match.param("x"));
    assertEquals(Optional.empty(), match.param(""));
    assertEquals(Map.of(), match.params());
    assertEquals("/a/*/:x?", match.pattern().text());
  }

  @Test
  void ofTwoParametersOfOneNameTheFirstCounts() {
    var match = only("/:id/:id", "/1/2");
    assertEquals("1", match.param("id").orElseThrow());
    assertEquals(Map.of("id", "1"), match.params());
  }

  @Test
  void manyExpressionsInOnePatternDoNotMultiply() {
    String pattern = "/:a{.+}/:b{.+}/:c{.+}/:d{.+}/:e{.+}/end";
    String path = "/x".repeat(300);
    assertTimeoutPreemptively(ofSeconds(10), () -> assertTrue(matches(pattern, path).isEmpty()));
    assertEquals("x", only(pattern, path + "/end").param("e").orElseThrow());
  }

  private static RouteMatch<String> only(String pattern, String path) {
    var matches = matches(pattern, path);
    assertEquals(1, matches.size());
    return matches.getFirst();
  }

  private static List<RouteMatch<String>> matches(String pattern, String path) {
    return RouteTable.<String>builder().add("GET", PathPattern.parse(pattern), "h").build().match("GET", path);
  }
}
