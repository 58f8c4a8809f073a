package dev.edge4j.env;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values come from arguments, then the environment, then a file, in the type that was asked for. */
class EnvReadsConfigurationTest {
  @TempDir @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path directory;

  private static Env env(String... arguments) {
    return Env.of(List.of(arguments), Map.of());
  }

  @Test
  void argumentsComeInThreeForms() {
    Env env = env("--port=8080", "--host", "example.com", "--verbose", "--offset", "-5", "--empty=");
    assertEquals(8080, env.integer("port"));
    assertEquals("example.com", env.text("host"));
    assertTrue(env.flag("verbose"));
    assertEquals(-5, env.integer("offset"));
    assertEquals("", env.text("empty"));
  }

  @Test
  void argumentsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Path file = Files.writeString(directory.resolve("shop.properties"), "a=file\nb=file\nc=caf\u00e9\n");
    Env env = Env.of(List.of("--a=argument", "--config", file.toString()), Map.of("EDGE4J_A", "variable", "EDGE4J_B",
        "variable"));
    assertEquals("argument", env.text("a"));
    assertEquals("variable", env.text("b"));
    assertEquals("caf\u00e9", env.text("c"));
    assertEquals("fallback", env.text("d", "fallback"));
  }

  @Test
  void theEnvironmentMayNameTheFile() throws IOException {
    Path file = Files.writeString(directory.resolve("shop.properties"), "port=81");
    assertEquals(81, Env.of(List.of(), Map.of("EDGE4J_CONFIG", file.toString())).integer("port", 80));
  }

  @Test
  void dotsAndHyphensAreUnderscoresInTheEnvironment() {
    Env env = Env.of(List.of(), Map.of("EDGE4J_CACHE_MAX_AGE", "5m", "EDGE4J_EMPTY", ""));
    assertEquals(Duration.ofMinutes(5), env.duration("cache.max-age"));
    assertFalse(env.has("empty"));
  }

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "2h, PT2H", "7d, PT168H", "PT1H30M, PT1H30M", "0s, PT0S"})
  void durationsAreWrittenAsPeopleDo(String text, String expected) {
    assertEquals(Duration.parse(expected), env("--ttl=" + text).duration("ttl", Duration.ZERO));
  }

  @Test
  void whatIsNotGivenHasItsFallback() {
    assertEquals(1, env().integer("port", 1));
    assertEquals(Duration.ofDays(1), env().duration("ttl", Duration.ofDays(1)));
    assertEquals(Path.of("data"), env().path("dir", Path.of("data")));
    assertFalse(env().flag("verbose"));
    assertFalse(env("--verbose=false").flag("verbose"));
  }

  @Test
  void aFileThatIsNotThereIsAnError() {
    EnvException e = assertThrows(EnvException.class, () -> env("--config=" + directory.resolve("none")));
    assertTrue(String.valueOf(e.getMessage()).contains("cannot be read"));
  }
}
