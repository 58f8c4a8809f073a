package dev.edge4j.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.support.Aside;
import dev.edge4j.support.RsaPairs;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody without the secret, and nothing but HS256, proves anything. Each attack signs as well as an attacker could. */
@Aside
class JwtAuthRefusesForgedTokensTest {
  private static final String SECRET = "a secret of at least thirty-two bytes, for tests, and long enough for HS512 too";
  private static final String HS256 = "{\"alg\":\"HS256\"}";
  private static final String ADA = "{\"sub\":\"ada\",\"exp\":4102444800}";

  private final App app = new App();

  /** The budget of a gate is for code that has been run before, and one of these tests asks often enough to be held to it. */
  @BeforeAll
  static void warmUp() throws Exception {
    var cold = new App();
    cold.use((c, next) -> next.proceed()); // what stands behind it has no budget
    cold.use(JwtAuth.hs256(SECRET));
    cold.get("/", c -> c.text("never"));
    Request forged = Request.get("/")
        .withHeader("Authorization", "Bearer " + signed(HS256, ADA, "HmacSHA256", "another secret".getBytes(UTF_8)));
    for (int i = 0; i < 500; i++) {
      assertEquals(401, cold.request(forged).status());
    }
  }

  @BeforeEach
  void routes() {
    app.use(JwtAuth.hs256(SECRET));
    app.get("/", c -> c.text(c.require(Principal.KEY).subject()));
  }

  private Response with(String token) {
    return app.request(Request.get("/").withHeader("Authorization", "Bearer " + token));
  }

  private void assertRefused(String token) {
    Response response = with(token);
    assertEquals(401, response.status(), token);
    assertEquals(Optional.of("Bearer error=\"invalid_token\""), response.header("WWW-Authenticate"));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String unsigned(String header, String payload) {
    return encode(header.getBytes(UTF_8)) + "." + encode(payload.getBytes(UTF_8));
  }

  private static String signed(String header, String payload, String algorithm, byte[] secret)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(secret, algorithm));
    String content = unsigned(header, payload);
    return content + "." + encode(mac.doFinal(content.getBytes(UTF_8)));
  }

  private static String signed(String header, String payload) throws GeneralSecurityException {
    return signed(header, payload, "HmacSHA256", SECRET.getBytes(UTF_8));
  }

  @Test
  void theHonestTokenOfTheseTestsIsTaken() throws Exception {
    assertEquals("ada", with(signed(HS256, ADA)).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
  void noAlgorithm(String name) throws Exception {
    String header = "{\"alg\":\"" + name + "\"}";
    assertRefused(unsigned(header, ADA) + ".");
    assertRefused(unsigned(header, ADA));
    assertRefused(signed(header, ADA));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA", "hs256", "HS256 "})
  void anotherAlgorithmInTheHeader(String name) throws Exception {
    assertRefused(signed("{\"alg\":\"" + name + "\"}", ADA));
  }

  @Test
  void anotherAlgorithmWithItsRightSignature() throws Exception {
    assertRefused(signed("{\"alg\":\"HS512\"}", ADA, "HmacSHA512", SECRET.getBytes(UTF_8)));
    assertRefused(signed("{\"alg\":\"HS384\"}", ADA, "HmacSHA384", SECRET.getBytes(UTF_8)));
  }

  @Test
  void aPublicKeyUsedAsSecret() throws Exception {
    byte[] publicKey = RsaPairs.OURS.getPublic().getEncoded();
    assertRefused(signed(HS256, ADA, "HmacSHA256", publicKey));
    assertRefused(signed("{\"alg\":\"RS256\"}", ADA, "HmacSHA256", publicKey));
  }

  @Test
  void anotherSecret() throws Exception {
    byte[] other = SECRET.replace('a', 'b').getBytes(UTF_8);
    assertRefused(signed(HS256, ADA, "HmacSHA256", other));
  }

  @Test
  void aChangedPayload() throws Exception {
    String[] parts = signed(HS256, ADA).split("\\.", -1);
    assertRefused(parts[0] + "." + encode(ADA.replace("ada", "eve").getBytes(UTF_8)) + "." + parts[2]);
  }

  @Test
  void aSignatureCutShortOrLeftOut() throws Exception {
    String token = signed(HS256, ADA);
    int signature = token.lastIndexOf('.') + 1;
    for (int length = signature; length < token.length(); length++) {
      assertRefused(token.substring(0, length));
    }
  }

  @Test
  void everySingleChangedByteOfTheSignature() throws Exception {
    String token = signed(HS256, ADA);
    int dot = token.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    for (int i = 0; i < signature.length; i++) {
      byte[] changed = Arrays.copyOf(signature, signature.length);
      changed[i] ^= 1;
      assertRefused(token.substring(0, dot + 1) + encode(changed));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"exp\"]", "[\"b64\"]", "[\"x-unknown\"]", "\"exp\""})
  void criticalExtensionsAreNotUnderstood(String crit) throws Exception {
    assertRefused(signed("{\"alg\":\"HS256\",\"b64\":true,\"crit\":" + crit + "}", ADA));
  }

  @Test
  void compressionIsNotUnderstood() throws Exception {
    assertRefused(signed("{\"alg\":\"HS256\",\"zip\":\"DEF\"}", ADA));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"sub\":\"ada\"}", "{\"exp\":4102444800}", "{\"sub\":\"\",\"exp\":4102444800}",
      "{\"sub\":null,\"exp\":4102444800}", "{\"sub\":\"ada\",\"exp\":null}", "{\"sub\":\"ada\",\"exp\":\"never\"}",
      "{\"sub\":7,\"exp\":4102444800}", "{\"sub\":{},\"exp\":4102444800}", "[]", "null", "", "{", "\u0000"})
  void aPayloadThatDoesNotSayWhoAndUntilWhen(String payload) throws Exception {
    assertRefused(signed(HS256, payload));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "....", "a.b.c", "a.b.c.d.e", "\u00e9.\u00e9.\u00e9", "e30.e30.",
      "null"})
  void whatIsNoTokenAtAll(String token) {
    assertRefused(token);
  }

  @Test
  void twoTokensAtOnce() throws Exception {
    String token = "Bearer " + signed(HS256, ADA);
    Request request = Request.get("/").withHeader("Authorization", token);
    assertEquals(401, app.request(request.withHeaders(request.headers().withAdded("Authorization", token))).status());
  }

  @Test
  void aShortSecretIsRefusedAtTheStart() {
    for (int length : List.of(0, 1, 31)) {
      assertThrows(IllegalArgumentException.class, () -> JwtAuth.hs256(new byte[length]));
      assertThrows(IllegalArgumentException.class, () -> JwtTokens.hs256(new byte[length]));
    }
    assertThrows(IllegalArgumentException.class, () -> JwtAuth.hs256(SECRET).skew(Duration.ofHours(1)));
    assertThrows(IllegalArgumentException.class, () -> JwtAuth.hs256(SECRET).cookie("a=b"));
  }
}
