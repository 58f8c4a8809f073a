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
  @CsvSource(delimiter = '~', value = {"''~ a path, such as / or /a/:id",
      "/a/:id{[0-9~ a closing brace after the regex",
      "/a/:id{[0-9]{2}~ a closing brace after the regex",
      "/a/:id{\\}~ a closing brace after the regex",
      "/a/:~ a parameter name after the colon, of letters, digits and _, beginning with a letter",
      "/:/b~ a parameter name after the colon, of letters, digits and _, beginning with a letter",
      "/:?~ a parameter name after the colon, of letters, digits and _, beginning with a letter",
      "/a/:{[0-9]+}~ a parameter name after the colon, of letters, digits and _, beginning with a letter",
      "/a/b:{[0-9]+}~ a parameter name after the colon, of letters, digits and _, beginning with a letter",
      "/a/:id{}~ a regex between the braces of :id",
      "/a/:id*~ a star alone in its segment, or behind plain text at the end; /a/:file.js for a part of a name",
      "/a/*.js~ a star alone in its segment, or a name and nothing else behind it; /a/:file.js for a part of a name",
      "/a/**~ a star alone in its segment, or a name and nothing else behind it; /a/:file.js for a part of a name",
      "/a*/b~ a star alone in its segment, or behind plain text at the end; /a/:file.js for a part of a name",
      "/*path/edit~ a named rest at the end; :path{.+} may hold slashes elsewhere",
      "/:id/:id~ one parameter of the name id, not two",
      "/:id/*id~ one parameter of the name id, not two",
      "/:a:b~ text between :a and :b",
      "/:a{x}-:b~ an expression without another parameter in its segment",
      "/:a-:b{x}~ an expression without another parameter in its segment",
      "/a/:x?/b~ an optional :x alone in its segment, with nothing but optional ones behind it",
      "/a/:x?/*~ an optional :x alone in its segment, with nothing but optional ones behind it",
      "/a/v:x?~ an optional :x alone in its segment, with nothing but optional ones behind it",
      "/a/:id{a)|(b}~ a regex that compiles, not a)|(b: Unmatched closing ')'",
      "/a/:id{+}/b~ a regex that compiles, not +: Dangling meta character '+'"})
  void isRefused(String pattern, String expected) {
    var e = assertThrows(PatternException.class, () -> PathPattern.parse(pattern));
    assertEquals("pattern: \"" + pattern + "\" (expected: " + expected + ")", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a{b}", "/at/12:30", "/a:", "/v1/name\\:activate", "/\\:id", "/a\\*", "/a\\b", "/a?", "/a{",
      "/}"})
  void plainTextStaysPlain(String pattern) {
    assertEquals(List.of(), PathPattern.parse(pattern).parameterNames());
  }

  @Test
  void namesStandInTheOrderOfThePattern() {
    var pattern = PathPattern.parse("/:b/*/:a{x/y}/:from-:to.json/:post-id?/:c?");
    assertEquals(List.of("b", "a", "from", "to", "post-id", "c"), pattern.parameterNames());
    assertEquals("/:b/*/:a{x/y}/:from-:to.json/:post-id?/:c?", pattern.text());
    assertEquals(pattern, PathPattern.parse(pattern.text()));
  }
}
