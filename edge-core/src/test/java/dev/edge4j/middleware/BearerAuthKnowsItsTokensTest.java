package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.testing.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A known token lets its subject in, and each way to have none is answered as RFC 6750 section 3.1 says. */
class BearerAuthKnowsItsTokensTest {
  private static final String CI = "q7nR2vXw9sKd4LmZ0aTb";
  private static final String NEXT = "H3yPcB6uEo1fVg8jQzNs";

  private static App app(BearerAuth auth) {
    var app = new App();
    app.use(auth);
    app.get("/", c -> c.text(c.require(Principal.KEY).subject()));
    return app;
  }

  private static Response with(App app, String... namesAndValues) {
    return app.request(Request.get("/").withHeaders(Headers.of(namesAndValues)));
  }

  private static void refused(int status, String challenge, Response response) {
    assertEquals(status, response.status());
    assertEquals(Optional.of(challenge), response.header("WWW-Authenticate"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER   "})
  void theSubjectOfAKnownTokenIsLetIn(String scheme) {
    App app = app(BearerAuth.token("ci", CI).and("deploy", NEXT));
    assertEquals("ci", with(app, "Authorization", scheme + CI).text());
    assertEquals("deploy", with(app, "Authorization", scheme + NEXT).text());
  }

  @Test
  void withoutATokenNoErrorIsNamed() {
    App app = app(BearerAuth.token("ci", CI));
    refused(401, "Bearer", with(app));
    refused(401, "Bearer", with(app, "Authorization", "Basic YTpi"));
    refused(401, "Bearer", with(app, "Authorization", "Bearers " + CI));
    refused(401, "Bearer", with(app, "Authorization", CI));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer a,b", "Bearer =", "Bearer tök", "Bearer \"a\""})
  void whatIsNoTokenIsABadRequest(String line) {
    refused(400, "Bearer error=\"invalid_request\"", with(app(BearerAuth.token("ci", CI)), "Authorization", line));
  }

  @Test
  void severalLinesAreABadRequest() {
    App app = app(BearerAuth.token("ci", CI));
    for (String other : List.of("Bearer " + CI, "Bearer x", "Basic YTpi")) {
      refused(400, "Bearer error=\"invalid_request\"", with(app, "Authorization", "Bearer " + CI, "Authorization",
          other));
      refused(400, "Bearer error=\"invalid_request\"", with(app, "Authorization", other, "Authorization", "Bearer "
          + CI));
    }
  }

  @Test
  void anotherTokenIsInvalid() {
    App app = app(BearerAuth.token("ci", CI).realm("the \"build\""));
    for (String token : List.of("x", CI + "x", CI.substring(1), CI.toLowerCase(Locale.ROOT), NEXT, "x".repeat(
        4096))) {
      refused(401, "Bearer realm=\"the \\\"build\\\"\", error=\"invalid_token\"", with(app, "Authorization", "Bearer "
          + token));
    }
    assertEquals(400, with(app, "Authorization", "Bearer " + "x".repeat(4097)).status());
  }

  @Test
  void anotherFieldAndAnotherWord() {
    App key = app(BearerAuth.token("ci", CI).header("X-Api-Key").scheme(""));
    assertEquals("ci", with(key, "x-api-key", CI).text());
    refused(401, "Bearer", with(key, "Authorization", "Bearer " + CI));
    App word = app(BearerAuth.token("ci", CI).scheme("Token"));
    assertEquals("ci", with(word, "Authorization", "token " + CI).text());
    refused(401, "Token", with(word, "Authorization", "Bearer " + CI));
  }

  @Test
  void aVerifierIsAskedOnAThreadThatMayWaitAndOnlyAboutTokens() {
    List<String> asked = new ArrayList<>();
    List<Boolean> virtual = new ArrayList<>();
    BearerAuth auth = BearerAuth.verifying(token -> {
      asked.add(token);
      virtual.add(Thread.currentThread().isVirtual());
      return token.equals("good") ? Optional.of(new Principal("ada", Set.of("admin"), Map.of())) : Optional.empty();
    }).and("ci", CI);
    try (TestClient client = TestClient.overSocket(app(auth))) {
      assertEquals("ada", client.with("Authorization", "Bearer good").get("/").text());
      assertEquals("ci", client.with("Authorization", "Bearer " + CI).get("/").text());
      refused(401, "Bearer error=\"invalid_token\"", client.with("Authorization", "Bearer bad").get("/"));
      refused(400, "Bearer error=\"invalid_request\"", client.with("Authorization", "Bearer b a d").get("/"));
      refused(401, "Bearer", client.get("/"));
    }
    assertEquals(List.of("good", "bad"), asked);
    assertTrue(virtual.stream().allMatch(Boolean::booleanValue));
  }

  @Test
  void rolesAndScopesComeWithTheToken() {
    var app = new App();
    app.use(BearerAuth.token(new Principal("ci", Set.of("builder"), Map.of("scope", "read write")), CI), Authorize.role(
        "builder"));
    app.get("/", c -> c.text(c.require(Principal.KEY).claims().toString()));
    assertEquals("{scope=read write}", with(app, "Authorization", "Bearer " + CI).text());
  }

  @Test
  void mistakesAreToldAtStartWithoutTheToken() {
    for (String token : List.of("", "short", "a token of several words", "x".repeat(4097), CI + "ö")) {
      var error = assertThrows(IllegalArgumentException.class, () -> BearerAuth.token("ci", token));
      assertFalse(!token.isEmpty() && String.valueOf(error.getMessage()).contains(token), error::getMessage);
    }
    BearerAuth auth = BearerAuth.token("ci", CI);
    assertThrows(IllegalArgumentException.class, () -> BearerAuth.token("", CI));
    assertThrows(IllegalArgumentException.class, () -> auth.header("X Key"));
    assertThrows(IllegalArgumentException.class, () -> auth.scheme("To ken"));
    assertThrows(IllegalArgumentException.class, () -> auth.realm("a\nb"));
  }
}
