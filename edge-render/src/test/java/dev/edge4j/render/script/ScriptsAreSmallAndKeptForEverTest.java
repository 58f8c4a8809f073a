package dev.edge4j.render.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A script is served under the hash of its content, never to be asked for again, and is no larger than was promised. */
class ScriptsAreSmallAndKeptForEverTest {
  static List<Script> all() {
    return Script.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void underTheHashOfItsContent(Script script) {
    Response response = Script.answer(Request.get(script.path()), script.path()).orElseThrow();
    assertEquals(200, response.status());
    assertTrue(response.header("Content-Type").orElseThrow().startsWith("text/javascript"));
    assertEquals(Optional.of("public, max-age=31536000, immutable"), response.header("Cache-Control"));
    assertEquals(script.text(), response.text());
    assertTrue(script.path()
        .contains(EntityTag.of(script.text().getBytes(java.nio.charset.StandardCharsets.UTF_8)).opaque()));
    String other = script.path().replace(".js", "x.js");
    assertEquals(Optional.empty(), Script.answer(Request.get(other), other));
    assertEquals(Optional.empty(), Script.answer(Request.post(script.path()), script.path()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void isSmall(Script script) {
    int most = script == Script.LIVE ? 4_096 : 800;
    assertTrue(script.size() <= most, script + ": " + script.size());
  }
}
