package dev.edge4j.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A name and its password let in, and nothing else does. */
class BasicAuthKnowsNamesAndPasswordsTest {
  private static App app(BasicAuth auth) {
    var app = new App();
    app.use(auth);
    app.get("/", c -> c.text(c.require(Principal.KEY).subject() + " " + Thread.currentThread().isVirtual()));
    return app;
  }

  private static Response ask(BasicAuth auth, String authorization) {
    return app(auth).request(Request.get("/").withHeader("Authorization", authorization));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static BasicAuth two() {
    return BasicAuth.user("ada", "pass:word").and("zoë", "пароль").realm("the \"back\" office");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada:pass:word", "zoë:пароль"})
  void theRightPair(String pair) {
    assertEquals(200, ask(two(), basic(pair)).status());
    assertEquals(200, ask(two(), basic(pair).replace("Basic", "bAsIc")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada:pass", "ada:", "ada", ":pass:word", "zoë:pass:word", "ada:пароль", "Ada:pass:word", "",
      "ada:pass:word "})
  void anyOther(String pair) {
    Response refused = ask(two(), basic(pair));
    assertEquals(401, refused.status());
    assertEquals(Optional.of("Basic realm=\"the \\\"back\\\" office\", charset=\"UTF-8\""), refused.header(
        "WWW-Authenticate"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic !!!", "Bearer YWRhOnBhc3M6d29yZA==", "YWRhOnBhc3M6d29yZA=="})
  void whatIsNoPair(String authorization) {
    assertEquals(401, ask(two(), authorization).status());
    assertEquals(401, app(two()).request("/").status());
  }

  @Test
  void twoAtOnceAreNone() {
    Request request = Request.get("/").withHeader("Authorization", basic("ada:pass:word"));
    assertEquals(401, app(two()).request(request.withHeaders(request.headers()
        .withAdded("Authorization", basic("ada:pass:word")))).status());
  }

  @ParameterizedTest
  @CsvSource({"eve:slow,200", "eve:fast,401", "ada:1,200", "ada:2,401"})
  void aVerifierMayWait(String pair, int expected) {
    BasicAuth auth = BasicAuth.verifying((name, password) -> {
      Thread.sleep(1); // a gate that waits would fail the request
      return name.equals("eve") && password.equals("slow");
    }).and("ada", "1");
    assertEquals(expected, ask(auth, basic(pair)).status());
  }

  @Test
  void badConfigurationIsRefusedAtTheStart() {
    assertThrows(IllegalArgumentException.class, () -> BasicAuth.user("a:b", "x"));
    assertThrows(IllegalArgumentException.class, () -> BasicAuth.user("", "x"));
    assertThrows(IllegalArgumentException.class, () -> BasicAuth.user("a", ""));
    assertThrows(IllegalArgumentException.class, () -> BasicAuth.user("a", "b").realm("a\r\nb"));
  }

  /** RFC 7617 section 2; a verifier may hand them to what takes a line end or a zero for its own. */
  @ParameterizedTest
  @ValueSource(strings = {"ada\u0000:1", "ada\n:1", "ada:1\r\nx", "ada:\u007f"})
  void controlCharactersReachNoVerifier(String pair) {
    assertEquals(401, ask(BasicAuth.verifying((_, _) -> true), basic(pair)).status());
  }
}
