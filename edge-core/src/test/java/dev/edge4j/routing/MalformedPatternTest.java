package dev.edge4j.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be meant is refused when it is parsed, and the message says what to write instead. */
class MalformedPatternTest {
  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"''; a path, such as / or /a/:id",
      "/a/:id{[0-9; a closing brace after the regex",
      "/a/:id{[0-9]{2}; a closing brace after the regex",
      "/a/:id{\\}; a closing brace after the regex",
      "/a/:; a parameter name after the colon",
      "/:/b; a parameter name after the colon",
      "/:?; a parameter name after the colon",
      "/a/:{[0-9]+}; a parameter name after the colon",
      "/a/:id{}; a regex between the braces of :id",
      "/a/:id*; a parameter name of letters, digits, _, - and . instead of id*",
      "/a/:i}d; a parameter name of letters, digits, _, - and . instead of i}d",
      "/a/:id{a)|(b}; a regex that compiles, not a)|(b: Unmatched closing ')'",
      "/a/:id{+}/b; a regex that compiles, not +: Dangling meta character '+'"})
  void isRefused(String pattern, String expected) {
    var e = assertThrows(PatternException.class, () -> PathPattern.parse(pattern));
    assertEquals("pattern: \"" + pattern + "\" (expected: " + expected + ")", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a{b}", "/a:b{", "/v1/name:activate", "/:id{[0-9]+}.json", "/a?", "/a{", "/}"})
  void plainTextStaysPlain(String pattern) {
    assertEquals(List.of(), PathPattern.parse(pattern).parameterNames());
  }

  @Test
  void namesStandInTheOrderOfThePattern() {
    var pattern = PathPattern.parse("/:b/*/:a{x/y}/:b/:user_id.v2-x?/:c?");
    assertEquals(List.of("b", "a", "user_id.v2-x", "c"), pattern.parameterNames());
    assertEquals("/:b/*/:a{x/y}/:b/:user_id.v2-x?/:c?", pattern.text());
    assertEquals(pattern, PathPattern.parse(pattern.text()));
  }
}
