package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.routing.PathPattern;
import dev.edge4j.routing.PatternException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pattern means at the application, for those who know it from Hono. */
class PatternsMeanOneThingTest {
  /** What the route answers with its parameters {@code x} and {@code y}, or the status if it does not match. */
  private static String answer(String pattern, String target) {
    var app = new App();
    app.get(pattern, c -> c.text("x=" + c.param("x").orElse("-") + " y=" + c.param("y").orElse("-")));
    var response = app.request(target);
    return response.status() == 200 ? response.text() : String.valueOf(response.status());
  }

  @ParameterizedTest
  @CsvSource({"/a/b,/a/b,x=- y=-", "/a/b,/A/b,404", "/a,/a/,404", "/a/,/a,404", "/a/,/a/,x=- y=-", "/a,/a/b,404",
      "/a.b,/axb,404", "/a.b,/a.b,x=- y=-", "/a+(b),/a+(b),x=- y=-", "/é,/%C3%A9,x=- y=-", "/a/b,/a//b,x=- y=-"})
  void literals(String pattern, String target, String answer) {
    assertEquals(answer, answer(pattern, target));
  }

  @ParameterizedTest
  @CsvSource({"/:x,/a,x=a y=-", "/:x,/,404", "/:x,/a/b,404", "/:x.json,/7.json,x=7 y=-", "/:x.json,/7.xml,404",
      "/file-:x,/file-7,x=7 y=-", "/file-:x,/file-,404", "/:x-:y,/1-2-3,x=1 y=2-3", "/v:x.:y,/v1.2,x=1 y=2"})
  void parametersWithTextAroundThem(String pattern, String target, String answer) {
    assertEquals(answer, answer(pattern, target));
  }

  @Test
  void aHyphenBetweenLettersBelongsToTheName() {
    var app = new App();
    app.get("/:post-id", c -> c.text(c.param("post-id").asString()));
    assertEquals("7", app.request("/7").text());
    assertEquals("7-8", app.request("/7-8").text());
  }

  @Test
  void aBackslashMakesAColonText() {
    assertEquals("x=- y=-", answer("/v1/name\\:activate", "/v1/name:activate"));
    assertEquals("404", answer("/v1/name\\:activate", "/v1/namefoo"));
    var app = new App();
    app.get("/v1/name:activate", c -> c.text(c.param("activate").asString()));
    assertEquals("foo", app.request("/v1/namefoo").text());
  }

  @ParameterizedTest
  @CsvSource({"/:x{[0-9]+},/12,x=12 y=-", "/:x{[0-9]+},/1a,404", "/:x{[0-9]+}.json,/12.json,x=12 y=-",
      "'/:x{[0-9]{4}}',/2026,x=2026 y=-", "/:x{en|ja}/y,/en/y,x=en y=-", "/:x{en|ja}/y,/english/y,404",
      "/:x{(a|b)c},/ac,x=ac y=-", "/:x{.+}/z,/a/b/z,x=a/b y=-", "/:x{.+}/:y,/a/b/c,x=a/b y=c"})
  void expressions(String pattern, String target, String answer) {
    assertEquals(answer, answer(pattern, target));
  }

  @ParameterizedTest
  @CsvSource({"/a/:x?,/a,x=- y=-", "/a/:x?,/a/1,x=1 y=-", "/a/:x?,/a/,404", "/a/:x?/:y?,/a/1/2,x=1 y=2",
      "/:x?,/,x=- y=-"})
  void optionalParametersAtTheEnd(String pattern, String target, String answer) {
    assertEquals(answer, answer(pattern, target));
  }

  @ParameterizedTest
  @CsvSource({"/a/*/b,/a/x/b,x=- y=-", "/a/*/b,/a/b,404", "/a/*/b,/a/x/y/b,404", "/a/*,/a,x=- y=-", "/a/*,/a/,x=- y=-",
      "/a/*,/a/b/c,x=- y=-", "/a/*,/ab,404", "/a*,/ab/c,x=- y=-", "/a*,/b,404", "/*,/any/path,x=- y=-", "*,/,x=- y=-"})
  void stars(String pattern, String target, String answer) {
    assertEquals(answer, answer(pattern, target));
  }

  @ParameterizedTest
  @CsvSource({"/a/*x,/a/b/c,x=b/c y=-", "/a/*x,/a,x= y=-", "/a/*x,/a/,x= y=-", "/*x,/b/c,x=b/c y=-",
      "/:y/*x,/a/b/c,x=b/c y=a"})
  void aNamedRest(String pattern, String target, String answer) {
    assertEquals(answer, answer(pattern, target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/:x/:x", "/a/:x?/b", "/:x{[0-9", "/:", "/a/*.js", "/:x:y", "/*x/b", ""})
  void whatCannotBeMeantIsRefused(String pattern) {
    assertThrows(PatternException.class, () -> PathPattern.parse(pattern));
  }

  @Test
  void anUnrelatedAmbiguousPairChangesNoMeaning() {
    var app = new App();
    app.get("/:lang{en|ja}/x", c -> c.text(c.param("lang").asString()));
    app.get("/u/:id", c -> c.text("id"));
    app.get("/u/me", c -> c.text("me"));
    assertEquals(404, app.request("/english/x").status());
    assertEquals("en", app.request("/en/x").text());
  }

  @Test
  void whatIsMoreSpecificDoesNotComeFirst() {
    var app = new App();
    app.get("/u/:id", c -> c.text("id"));
    app.get("/u/me", c -> c.text("me"));
    assertEquals("id", app.request("/u/me").text());
    assertEquals(List.of("/u/:id", "/u/me"), app.routes().stream().map(Route::pattern).toList());
  }

  @Test
  void oneTableServesTheWholeApplicationWhateverIsInIt() {
    var app = new App();
    app.get("/:x/a", c -> c.text("first")).get("/b/:y", c -> c.text("second")).get("/:z{(a|b)+}", c -> c.text("third"));
    app.get("/*", c -> c.text("fourth"));
    assertEquals(List.of("first", "second", "third", "fourth"), List.of("/b/a", "/b/c", "/abba", "/c")
        .stream()
        .map(target -> app.request(target).text())
        .toList());
  }
}
