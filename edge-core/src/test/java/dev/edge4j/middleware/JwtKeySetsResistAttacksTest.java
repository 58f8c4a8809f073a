package dev.edge4j.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.jwks.Jwk;
import dev.edge4j.middleware.jwks.KeySet;
import dev.edge4j.support.RsaPairs;
import dev.edge4j.testing.TestClient;
import dev.edge4j.testing.VirtualClock;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the keys of an issuer, a token is good by the key that it names, with that key's own algorithm, while the key is in the set. */
class JwtKeySetsResistAttacksTest {
  private static final KeyPair RSA = RsaPairs.OURS;
  private static final KeyPair P256 = Jwk.pair("secp256r1");
  private static final KeyPair P384 = Jwk.pair("secp384r1");
  private static final KeyPair ED = Jwk.pair("Ed25519");
  private static final KeyPair EVE = RsaPairs.EVES;
  private static final String ADA = "{\"sub\":\"ada\",\"exp\":4102444800}";
  private static final JwtAlgorithm[] TAKEN = {JwtAlgorithm.RS256, JwtAlgorithm.PS256, JwtAlgorithm.ES256,
      JwtAlgorithm.ES384, JwtAlgorithm.EDDSA};

  private final VirtualClock clock = new VirtualClock();
  private final AtomicInteger fetches = new AtomicInteger();
  private final AtomicReference<byte[]> published = new AtomicReference<>(Jwk.set(Jwk.of("rsa", RSA.getPublic(),
      "\"alg\":\"RS256\"", "\"use\":\"sig\""), Jwk.of("free", RSA.getPublic()), Jwk.of("p256", P256.getPublic()), Jwk
          .of(
              "p384", P384.getPublic()), Jwk.of("ed", ED.getPublic()), Jwk.of("wrong", P256.getPublic(),
                  "\"alg\":\"RS256\""), Jwk.of("hmac", RSA.getPublic(), "\"alg\":\"HS256\"")));
  private final App app = app(JwtAuth.keySet(keys(), TAKEN));

  private KeySet keys() {
    return KeySet.of(() -> {
      fetches.incrementAndGet();
      byte[] set = published.get();
      if (set.length == 0) {
        throw new IOException("the issuer is away");
      }
      return set;
    });
  }

  private App app(JwtAuth auth) {
    var made = new App().time(clock);
    made.use(auth);
    made.get("/", Handler.inline(c -> c.text(c.get(Principal.KEY).map(Principal::subject).orElse("anonymous"))));
    return made;
  }

  private Response ask(String token) {
    return app.request(Request.get("/").withHeader("Authorization", "Bearer " + token));
  }

  private static String content(String header) {
    return Jwk.base64(header.getBytes(UTF_8)) + "." + Jwk.base64(ADA.getBytes(UTF_8));
  }

  private static String signed(String header, String algorithm, PrivateKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(content(header).getBytes(UTF_8));
    return content(header) + "." + Jwk.base64(signature.sign());
  }

  private static String rs256(String kid, KeyPair pair) throws GeneralSecurityException {
    return signed("{\"alg\":\"RS256\",\"kid\":\"" + kid + "\"}", "SHA256withRSA", pair.getPrivate());
  }

  private static String issued(JwtAlgorithm algorithm, String kid, KeyPair pair) {
    return JwtTokens.privateKey(algorithm, pair.getPrivate())
        .keyId(kid)
        .clock(new VirtualClock())
        .issue("ada", List.of(), Duration.ofHours(1));
  }

  @Test
  void honestTokensOfEachKey() {
    assertEquals("ada", ask(issued(JwtAlgorithm.RS256, "rsa", RSA)).text());
    assertEquals("ada", ask(issued(JwtAlgorithm.RS256, "free", RSA)).text());
    assertEquals("ada", ask(issued(JwtAlgorithm.PS256, "free", RSA)).text());
    assertEquals("ada", ask(issued(JwtAlgorithm.ES256, "p256", P256)).text());
    assertEquals("ada", ask(issued(JwtAlgorithm.ES384, "p384", P384)).text());
    assertEquals("ada", ask(issued(JwtAlgorithm.EDDSA, "ed", ED)).text());
    assertEquals(1, fetches.get());
  }

  @Test
  void anAlgorithmOfAnotherKeyOrThatIsNotTaken() {
    assertEquals(200, ask(issued(JwtAlgorithm.RS256, "rsa", RSA)).status());
    assertEquals(401, ask(issued(JwtAlgorithm.PS256, "rsa", RSA)).status());
    assertEquals(401, ask(issued(JwtAlgorithm.RS512, "free", RSA)).status());
    assertEquals(401, ask(issued(JwtAlgorithm.ES256, "wrong", P256)).status());
    assertEquals(401, ask(issued(JwtAlgorithm.RS256, "hmac", RSA)).status());
  }

  @Test
  void anotherCurveOrAnotherKey() throws Exception {
    assertEquals(401, ask(issued(JwtAlgorithm.ES256, "p384", P256)).status());
    assertEquals(401, ask(issued(JwtAlgorithm.ES384, "p256", P384)).status());
    assertEquals(401, ask(signed("{\"alg\":\"ES256\",\"kid\":\"p384\"}", "SHA256withECDSAinP1363Format", P384
        .getPrivate())).status());
    assertEquals(401, ask(issued(JwtAlgorithm.RS256, "ed", RSA)).status());
    assertEquals(401, ask(rs256("rsa", EVE)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "", "HS256", "hs256", "rs256"})
  void algNoneAndOthers(String name) throws Exception {
    String header = "{\"alg\":\"" + name + "\",\"kid\":\"rsa\"}";
    assertEquals(401, ask(content(header) + ".").status());
    assertEquals(401, ask(signed(header, "SHA256withRSA", RSA.getPrivate())).status());
    assertEquals(0, fetches.get(), "nothing is fetched for them");
  }

  @Test
  void keyConfusion() throws Exception {
    assertEquals(200, ask(rs256("rsa", RSA)).status());
    byte[] der = RSA.getPublic().getEncoded();
    String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der)
        + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret : List.of(der, pem.getBytes(UTF_8), published.get())) {
      for (String alg : List.of("HS256", "RS256")) {
        for (String kid : List.of("rsa", "free", "hmac")) {
          String header = "{\"alg\":\"" + alg + "\",\"kid\":\"" + kid + "\"}";
          Mac mac = Mac.getInstance("HmacSHA256");
          mac.init(new SecretKeySpec(secret, "HmacSHA256"));
          String token = content(header) + "." + Jwk.base64(mac.doFinal(content(header).getBytes(UTF_8)));
          assertEquals(401, ask(token).status());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HS256", "HS384", "HS512"})
  void hmacIsRefusedAtStart(JwtAlgorithm algorithm) {
    assertThrows(IllegalArgumentException.class, () -> JwtAuth.keySet(keys(), JwtAlgorithm.RS256, algorithm));
    assertThrows(IllegalArgumentException.class, () -> JwtAuth.keySet(keys()));
  }

  @Test
  void embeddedKeys() throws Exception {
    assertEquals(200, ask(rs256("rsa", RSA)).status());
    var key = (RSAPublicKey) EVE.getPublic();
    for (String field : List.of("\"jwk\":" + Jwk.of("rsa", key), "\"jku\":\"http://127.0.0.1:1/keys\"",
        "\"x5u\":\"http://127.0.0.1:1/c\"",
        "\"x5c\":[\"" + Base64.getEncoder().encodeToString(key.getEncoded()) + "\"]")) {
      for (String kid : List.of(",\"kid\":\"rsa\"", ",\"kid\":\"eve\"", "")) {
        assertEquals(401, ask(signed("{\"alg\":\"RS256\"," + field + kid + "}", "SHA256withRSA", EVE.getPrivate()))
            .status());
      }
    }
    assertEquals(1, fetches.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../dev/null", "/dev/null", "' UNION SELECT 'x", "|| true", "http://127.0.0.1:1/",
      "rsa ",
      "RSA", "", "rsa\\u0000"})
  void kidTraversal(String kid) throws Exception {
    assertEquals(200, ask(rs256("rsa", RSA)).status());
    assertEquals(401, ask(rs256(kid, RSA)).status());
    assertEquals(1, fetches.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"alg\":\"RS256\"}", "{\"alg\":\"RS256\",\"kid\":7}",
      "{\"alg\":\"RS256\",\"kid\":[\"rsa\"]}",
      "{\"alg\":\"RS256\",\"kid\":null}", "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[\"exp\"]}",
      "{\"alg\":[\"RS256\"],\"kid\":\"rsa\"}"})
  void aTokenNamesItsKeyInText(String header) throws Exception {
    assertEquals(401, ask(signed(header, "SHA256withRSA", RSA.getPrivate())).status());
    assertEquals(0, fetches.get());
  }

  @Test
  void aProofEndsWithItsKey() throws Exception {
    String token = rs256("rsa", RSA);
    assertEquals(200, ask(token).status());
    assertEquals(200, ask(token).status());
    published.set(Jwk.set(Jwk.of("p256", P256.getPublic())));
    clock.advance(Duration.ofMinutes(10));
    assertEquals(401, ask(token).status());
  }

  @Test
  void aProofEndsWhereAnotherKeyTakesItsId() throws Exception {
    String token = rs256("rsa", RSA);
    assertEquals(200, ask(token).status());
    published.set(Jwk.set(Jwk.of("rsa", EVE.getPublic())));
    clock.advance(Duration.ofMinutes(10));
    assertEquals(401, ask(token).status());
    assertEquals(200, ask(rs256("rsa", EVE)).status());
    published.set(Jwk.set(Jwk.of("rsa", RSA.getPublic())));
    clock.advance(Duration.ofMinutes(10));
    assertEquals(200, ask(token).status());
    published.set(Jwk.set(Jwk.of("rsa", RSA.getPublic(), "\"alg\":\"PS256\"")));
    clock.advance(Duration.ofMinutes(10));
    assertEquals(401, ask(token).status());
  }

  @Test
  void aNewKeyIsTakenWithoutARestart() throws Exception {
    assertEquals(200, ask(rs256("rsa", RSA)).status());
    published.set(Jwk.set(Jwk.of("rsa", RSA.getPublic()), Jwk.of("next", EVE.getPublic())));
    assertEquals(401, ask(rs256("next", EVE)).status());
    clock.advance(Duration.ofSeconds(30));
    assertEquals(200, ask(rs256("next", EVE)).status());
  }

  @Test
  void whileNoSetIsToBeHadNoTokenIsGoodOrBad() throws Exception {
    published.set(new byte[0]);
    Response response = ask(rs256("rsa", RSA));
    assertEquals(503, response.status());
    assertEquals(Optional.of("30"), response.header("Retry-After"));
    assertEquals(401, app.request("/").status());
    assertEquals(401, ask("no token").status());
    App optional = app(JwtAuth.keySet(keys(), TAKEN).cookie("session").optional());
    assertEquals("anonymous", optional.request(Request.get("/").withHeader("Cookie", "session=" + rs256("rsa", RSA)))
        .text());
  }

  @Test
  void issuerAndAudienceCountHereToo() {
    App strict = app(JwtAuth.keySet(keys(), TAKEN).issuer("https://id.example").audience("shop"));
    JwtTokens tokens = JwtTokens.privateKey(JwtAlgorithm.EDDSA, ED.getPrivate()).keyId("ed").clock(clock);
    String right = tokens.issuer("https://id.example").audience("shop").issue("ada", List.of(), Duration.ofHours(1));
    String other = tokens.issuer("https://id.example").audience("bank").issue("ada", List.of(), Duration.ofHours(1));
    assertEquals(200, strict.request(Request.get("/").withHeader("Authorization", "Bearer " + right)).status());
    assertEquals(401, strict.request(Request.get("/").withHeader("Authorization", "Bearer " + other)).status());
  }

  /** The set of one server is the trust of another; the event loop never waits for it. */
  @Test
  void overASocket() throws Exception {
    var issuer = new App();
    issuer.get("/keys", c -> Response.bytes(200, "application/jwk-set+json", published.get()));
    try (TestClient ask = TestClient.overSocket(issuer)) {
      var shop = new App();
      shop.use(JwtAuth.keySet(KeySet.of(() -> ask.get("/keys").text().getBytes(UTF_8)), TAKEN));
      shop.get("/", Handler.inline(c -> c.text(c.require(Principal.KEY).subject())));
      try (TestClient client = TestClient.overSocket(shop)) {
        for (int i = 0; i < 3; i++) {
          assertEquals("ada", client.with("Authorization", "Bearer " + rs256("rsa", RSA)).get("/").text());
          assertEquals(401, client.with("Authorization", "Bearer " + rs256("rsa", EVE)).get("/").status());
          assertEquals(401, client.with("Authorization", "Bearer " + rs256("eve", EVE)).get("/").status());
        }
      }
    }
  }
}
