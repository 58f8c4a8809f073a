package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A parameter is what its segments were, decoded once; where decoding would hide where a segment ended, it is refused. */
class EscapesInParametersAreDecodedOnceTest {
  private final App app = new App();

  @BeforeEach
  void routes() {
    app.get("/one/:name", c -> c.text(c.param("name").asString()));
    app.get("/raw/*path", c -> c.text(c.rawParam("path").orElseThrow()));
    app.get("/rest/*path", c -> c.text(c.param("path").asString()));
    app.get("/spans/:path{.+}", c -> c.text(c.param("path").asString()));
    app.get("/within/:name{[^/]+}", c -> c.text(c.param("name").asString()));
  }

  @ParameterizedTest
  @CsvSource({"/one/a%20b,a b", "/one/%C3%A9,é", "/one/a%2Fb,a/b", "/one/a%2fb,a/b", "/one/100%25,100%",
      "/one/%252F,%2F", "/one/a+b,a+b", "/one/%3Fq%23,?q#", "/within/a%2Fb,a/b", "/rest/a/b%20c,a/b c",
      "/rest/100%25,100%",
      "/spans/a/%C3%A9,a/é"})
  void decodes(String target, String value) {
    assertEquals(value, app.request(target).text());
  }

  @Test
  void theRawRestTellsAnEscapedSlashFromOneThatSeparates() {
    assertEquals("foo%2Fbar", app.request("/raw/foo%2Fbar").text());
    assertEquals("foo/bar", app.request("/raw/foo/bar").text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rest/foo%2Fbar", "/rest/%2Fetc/passwd", "/rest/a/b%2f", "/spans/a%2Fb"})
  void aDecodedRestWithAnEscapedSlashIsRefused(String target) {
    Response response = app.request(target);
    assertEquals(400, response.status());
    assertTrue(response.text().contains("path"), response.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/one/%", "/one/%2", "/one/%zz", "/one/%FF", "/one/%C0%AF", "/one/ok%20%E0%A4", "/one/%00",
      "/one/..%2Fx"})
  void malformedEscapesAreRefusedBeforeAnyRoute(String target) {
    assertThrows(BadRequestException.class, () -> app.request(target));
  }
}
