package dev.edge4j.routing;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A value of an expression may hold slashes; it is the longest one, and raw. */
class SpanningValueTest {
  @Test
  void theEarlierParameterIsTheLongerOne() {
    assertEquals(Map.of("a", "x/-/y", "b", "z"), only("/:a{.+}/-/:b{.+}", "/x/-/y/-/z").toMap());
    assertEquals(Map.of("p", "a/b"), only("/:p{.+}/:q?", "/a/b").toMap());
    assertEquals(Map.of("p", "a/b/c"), only("/:p{.+}/*", "/a/b/c").toMap());
  }

  @Test
  void whatFollowsMakesItShorter() {
    assertEquals(Map.of("p", "a/edit"), only("/:p{.+}/edit", "/a/edit/edit").toMap());
    assertEquals(Map.of("p", "a", "id", "b"), only("/:p{.+}/:id", "/a/b").toMap());
  }

  @Test
  void theExpressionSeesTheValueAlone() {
    assertEquals("b", only("/a/:p{^b$}/c", "/a/b/c").get("p").orElseThrow());
    assertFalse(matches("/:k{a|b}/x", "/ab/x"));
    assertEquals("ab", only("/:k{a|b|ab}", "/ab").get("k").orElseThrow());
  }

  @Test
  void escapesStayInTheValue() {
    assertEquals("a%2Fb/100%25", only("/:p{.+}", "/a%2Fb/100%25").get("p").orElseThrow());
  }

  @Test
  void absentAndUnknownParametersAreEmpty() {
    var match = only("/a/*/:x?", "/a/1");
    assertEquals(Optional.empty(), match.get("x"));
    assertEquals(Optional.empty(), match.get(""));
    assertEquals(Map.of(), match.toMap());
  }

  @Test
  void manyExpressionsInOnePatternDoNotMultiply() {
    String pattern = "/:a{.+}/:b{.+}/:c{.+}/:d{.+}/:e{.+}/end";
    String path = "/x".repeat(300);
    assertTimeoutPreemptively(ofSeconds(10), () -> assertFalse(matches(pattern, path)));
    assertEquals("x", only(pattern, path + "/end").get("e").orElseThrow());
  }

  private static PathParams only(String pattern, String path) {
    assertTrue(matches(pattern, path));
    return PathPattern.parse(pattern).params(path);
  }

  private static boolean matches(String pattern, String path) {
    return RouteTable.<String>builder()
        .add("GET", PathPattern.parse(pattern), "h")
        .build()
        .find("GET", path)
        .isPresent();
  }
}
