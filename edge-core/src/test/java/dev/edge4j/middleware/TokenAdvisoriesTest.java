package dev.edge4j.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The advisories about Hono's token middleware, each as an attack on ours. */
class TokenAdvisoriesTest {
  private static final String SECRET = "a secret of at least sixty-four bytes, so that it would do for HS512 as well";

  private static App app(JwtAuth auth) {
    var app = new App();
    app.use(auth);
    app.get("/", c -> c.text(c.get(Principal.KEY).map(Principal::subject).orElse("nobody")));
    return app;
  }

  private static Response with(App app, String authorization) {
    return app.request(Request.get("/").withHeader("Authorization", authorization));
  }

  private static String token() {
    return JwtTokens.hs256(SECRET).issue("ada", List.of(), Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic ", "Token ", "JWT ", "Digest ", "Bearers ", "Bearer", "Bearer:", "X-Bearer ", "",
      "Negotiate Bearer ", "bearer=", "Basic Bearer "})
  void cve202647673ATokenCountsUnderTheSchemeBearerAlone(String scheme) {
    assertEquals(401, with(app(JwtAuth.hs256(SECRET)), scheme + token()).status());
    assertEquals("nobody", with(app(JwtAuth.hs256(SECRET).optional()), scheme + token()).text());
  }

  @Test
  void cve202647673OverASocket() throws IOException, InterruptedException {
    try (Server server = Server.start(app(JwtAuth.hs256(SECRET)), ServerOptions.port(0).withHost("127.0.0.1"));
        HttpClient http = HttpClient.newHttpClient()) {
      assertEquals(200, status(http, server, "Bearer " + token()));
      assertEquals(200, status(http, server, "bearer " + token()));
      assertEquals(401, status(http, server, "Basic " + token()));
      assertEquals(401, status(http, server, "Token " + token()));
    }
  }

  private static int status(HttpClient http, Server server, String authorization)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", authorization)
        .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  @ParameterizedTest
  @CsvSource({"none,''", "None,''", "HS384,HmacSHA384", "HS512,HmacSHA512", "RS256,HmacSHA256", "ES256,HmacSHA256",
      "hs256,HmacSHA256"})
  void cve202622817TheHeaderOfATokenDoesNotChooseTheAlgorithm(String named, String signedWith)
      throws GeneralSecurityException {
    Response response = with(app(JwtAuth.hs256(SECRET)), "Bearer " + forged(named, signedWith));
    assertEquals(401, response.status());
    assertEquals(Optional.of("Bearer error=\"invalid_token\""), response.header("WWW-Authenticate"));
  }

  @Test
  void theForgerWouldBeBelievedWithTheRightAlgorithm() throws GeneralSecurityException {
    assertEquals("eve", with(app(JwtAuth.hs256(SECRET)), "Bearer " + forged("HS256", "HmacSHA256")).text());
  }

  private static String forged(String named, String signedWith) throws GeneralSecurityException {
    String content = encode("{\"alg\":\"" + named + "\"}") + "." + encode("{\"sub\":\"eve\",\"exp\":4102444800}");
    if (signedWith.isEmpty()) {
      return content + ".";
    }
    Mac mac = Mac.getInstance(signedWith);
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), signedWith));
    return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}
