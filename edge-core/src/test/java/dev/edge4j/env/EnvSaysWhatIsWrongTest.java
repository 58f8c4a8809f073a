package dev.edge4j.env;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong configuration is one line: the key, what was given, what is expected; and never a secret. */
class EnvSaysWhatIsWrongTest {
  private static Env env(String... arguments) {
    return Env.of(List.of(arguments), Map.of());
  }

  private static String error(Env env, Consumer<Env> read) {
    return String.valueOf(assertThrows(EnvException.class, () -> read.accept(env)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"80x", "", "+80", "2147483648", "99999999999", "999999999999999", "8 0", "\u0664"})
  void aNumberIsDigitsAndFits(String text) {
    assertEquals("port: \"" + text + "\" from --port (expected: a whole number of 32 bits)", error(env("--port="
        + text), e -> e
            .integer("port", 1)));
  }

  @Test
  void theSourceIsNamed() {
    Env env = Env.of(List.of(), Map.of("EDGE4J_TTL", "5 minutes\n"));
    assertEquals("ttl: \"5 minutes \" from EDGE4J_TTL (expected: a duration such as 500ms, 30s, 5m, 2h, 7d)", error(env,
        e -> e
            .duration("ttl")));
    assertEquals("on: \"yes\" from --on (expected: true or false)", error(env("--on=yes"), e -> e.flag("on")));
  }

  @Test
  void whatIsMissingSaysWhereToPutIt() {
    assertEquals("data.dir is missing (expected: --data.dir=..., EDGE4J_DATA_DIR or the file named by --config)", error(
        env(), e -> e.path("data.dir")));
  }

  @Test
  void anUnknownArgumentIsRefusedWithWhatMayHaveBeenMeant() {
    Env env = env("--prot=hunter2");
    assertEquals(80, env.integer("port", 80));
    assertEquals("--prot is not known (expected: --port?)", error(env, Env::rejectUnknown));
    assertEquals("--zzzzzz is not known (expected: one of --config, --region)", error(env("--zzzzzz"), e -> e
        .rejectUnknown(
            "region")));
    Env fine = env("--port=1", "--region=fra1");
    assertEquals(1, fine.integer("port"));
    fine.rejectUnknown("region");
  }

  @Test
  void noSecretIsEverPrinted() {
    Env env = env("--key=hunter2");
    Secret secret = env.secret("key");
    assertEquals("hunter2", secret.reveal());
    assertEquals("***", secret.toString());
    assertFalse(String.format("%s", List.of(secret)).contains("hunter2"));
    for (List<String> arguments : List.of(List.of("--key=", "hunter2"), List.of("--key=hunter2", "--key=hunter2"), List
        .of(
            "-p", "hunter2"))) {
      String message = String.valueOf(assertThrows(EnvException.class, () -> Env.of(arguments, Map.of())).getMessage());
      assertFalse(message.contains("hunter2"), message);
    }
    assertEquals("key is empty (expected: a secret)", error(env("--key"), e -> e.secret("key")));
  }
}
