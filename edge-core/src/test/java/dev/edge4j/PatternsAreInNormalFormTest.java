package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.routing.PatternException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths come decoded and in one form. A route or a guard whose text is in another would never match, so it is refused. */
class PatternsAreInNormalFormTest {
  private static final Handler OK = c -> c.text(c.path());

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '"', value = {
      "/caf%C3%A9/:id~ \"café\" in place of \"caf%C3%A9\", for paths come decoded",
      "/:id%20x~ \" x\" in place of \"%20x\", for paths come decoded",
      "/:a%2D:b~ \"-\" in place of \"%2D\", for paths come decoded",
      "/a%2fb*~ \"a%2Fb\" in place of \"a%2fb\", for paths come decoded",
      "/100%~ text that a path may hold: no backslash, no control character, and %25 for a percent sign",
      "/a\\b~ text that a path may hold: no backslash, no control character, and %25 for a percent sign",
      "/a//b~ one slash at a time, for repeated ones in a path become one",
      "/a//*~ one slash at a time, for repeated ones in a path become one",
      "//~ one slash at a time, for repeated ones in a path become one",
      "/a/./b~ no segment ., for those are removed from a path",
      "/../:x{[0-9]+}~ no segment .., for those are removed from a path"})
  void isRefused(String pattern, String expected) {
    String message = "pattern: \"" + pattern + "\" (expected: " + expected + ")";
    assertEquals(message, assertThrows(PatternException.class, () -> new App().get(pattern, OK)).getMessage());
    assertEquals(message, assertThrows(PatternException.class, () -> new App().use(pattern, (_, next) -> next
        .proceed()))
        .getMessage());
  }

  @Test
  void soAreThePrefixesOfGroupsAndMounts() {
    assertThrows(PatternException.class, () -> new App().group("/a%20b"));
    assertThrows(PatternException.class, () -> new App().mount("/a//b", new App()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/", "/café", "/a b", "/a%2Fb", "/100%25", "/.well-known/x", "/..a", "/a?b#c",
      "/a;b=c"})
  void textThatAPathHoldsIsTaken(String pattern) {
    var app = new App();
    app.get(pattern, OK);
    assertEquals(pattern, app.request(dev.edge4j.http.RequestTarget.encode(pattern)).text());
  }
}
