package dev.edge4j.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Who asks gets JSON in lines, and nothing else in it changes. */
class PrettyJsonIsOnlyWhiteSpaceTest {
  private static String through(String type, String body, String target) {
    var app = new App();
    app.use(PrettyJson.create());
    app.get("/", c -> Response.bytes(200, type, body.getBytes(UTF_8)));
    return app.request(Request.get(target)).text();
  }

  @Test
  void objectsAndArraysAreIndented() {
    assertEquals("""
        {
          "a": [
            1,
            {}
          ],
          "b": "x"
        }
        """, through("application/json", "{\"a\":[1,{ }],\"b\":\"x\"}", "/?pretty"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "3", "\"a\\\"b{,:}\\\\\"", "[1.00,1e400,12345678901234567890,-0]",
      "{\"a\":1,\"a\":2}",
      "{\"é\":{\"\\u0000\":[[],[[]],{\"x\":null}]}}", "[true,false,null]"})
  void withoutTheSpaceItIsWhatItWas(String json) {
    assertEquals(json, through("application/problem+json", json, "/?pretty=1").replaceAll("\\s", ""));
    if (!json.contains("e400")) {
      var mapper = JsonMapper.builder().build();
      assertEquals(mapper.readTree(json), mapper.readTree(through("application/json", json, "/?pretty")));
    }
  }

  @Test
  void whatIsNoJsonOrNotAskedForStays() {
    assertEquals("{\"a\":1}", through("text/plain", "{\"a\":1}", "/?pretty"));
    assertEquals("{\"a\":1}", through("application/json", "{\"a\":1}", "/"));
  }

  @Test
  void spacesInTextsStay() {
    assertEquals("\"a  b : c\"\n", through("application/json", "\"a  b : c\"", "/?pretty"));
  }

  @Test
  void theOptionsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> PrettyJson.create().indent(17));
    assertThrows(IllegalArgumentException.class, () -> PrettyJson.create().query(" "));
  }

  @Test
  void aPartStaysAsItIs() {
    var app = new App();
    app.use(PrettyJson.create(), ConditionalGet.create());
    app.get("/", c -> c.json("[1,2,3]".getBytes(UTF_8)).withBody(new Body.Bytes("[1,2,3]".getBytes(UTF_8))));
    Response part = app.request(Request.get("/?pretty").withHeader("Range", "bytes=0-3"));
    assertEquals(206, part.status());
    assertEquals("[1,2", part.text());
  }

  @Test
  void digestsOfTheOldBytesGo() {
    var app = new App();
    app.use(PrettyJson.create());
    app.get("/", c -> Response.bytes(200, "application/json", "{}".getBytes(UTF_8))
        .withHeader("Repr-Digest", "sha-256=:AAAA:"));
    assertEquals(Optional.empty(), app.request(Request.get("/?pretty")).header("Repr-Digest"));
    assertEquals(Optional.of("sha-256=:AAAA:"), app.request(Request.get("/")).header("Repr-Digest"));
  }

  /** With each level indented by its own, 100,000 brackets made 10 GB. */
  @Test
  void bracketsDoNotMakeABodyOfTheirLengthSquared() {
    String json = "[".repeat(3_000) + "]".repeat(3_000);
    String pretty = through("application/json", json, "/?pretty");
    assertEquals(json, pretty.replaceAll("\\s", ""));
    assertTrue(pretty.length() < 200 * json.length(), () -> "" + pretty.length());
  }
}
