package dev.edge4j.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.support.RsaPairs;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where tokens are signed with a private key, nobody who has but the public one proves anything, and a key of the wrong kind is refused at start. */
class JwtAttacksAreRefusedTest {
  private static final String ADA = "{\"sub\":\"ada\",\"exp\":4102444800}";
  private static final KeyPair RSA = RsaPairs.OURS;
  private static final KeyPair P256 = pair("EC", "secp256r1");
  private static final KeyPair EVE = RsaPairs.EVES;

  private static KeyPair pair(String kind, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (!curve.isEmpty()) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pairFor(JwtAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256, RS384, RS512, PS256, PS384, PS512 -> RSA;
      case ES256 -> P256;
      case ES384 -> pair("EC", "secp384r1");
      case ES512 -> pair("EC", "secp521r1");
      case EDDSA -> pair("Ed25519", "");
      case HS256, HS384, HS512 -> throw new IllegalArgumentException("a secret");
    };
  }

  private static App app(JwtAuth auth) {
    var app = new App();
    app.use(auth);
    app.get("/", c -> c.text(c.require(Principal.KEY).subject()));
    return app;
  }

  private static int status(JwtAuth auth, String token) {
    return app(auth).request(Request.get("/").withHeader("Authorization", "Bearer " + token)).status();
  }

  private static JwtAuth rsa() {
    return JwtAuth.publicKey(JwtAlgorithm.RS256, RSA.getPublic());
  }

  private static JwtAuth ec() {
    return JwtAuth.publicKey(JwtAlgorithm.ES256, P256.getPublic());
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String content(String header) {
    return encode(header.getBytes(UTF_8)) + "." + encode(ADA.getBytes(UTF_8));
  }

  private static String signed(String header, String algorithm, PrivateKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(content(header).getBytes(UTF_8));
    return content(header) + "." + encode(signature.sign());
  }

  private static String hmac(String header, byte[] secret) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return content(header) + "." + encode(mac.doFinal(content(header).getBytes(UTF_8)));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"HS256", "HS384", "HS512"})
  void theHonestTokenIsTakenAgainAndAgain(JwtAlgorithm algorithm) {
    KeyPair pair = pairFor(algorithm);
    String token = JwtTokens.privateKey(algorithm, pair.getPrivate()).issue("ada", List.of(), Duration.ofHours(1));
    App app = app(JwtAuth.publicKey(algorithm, pair.getPublic()));
    Request request = Request.get("/").withHeader("Authorization", "Bearer " + token);
    assertEquals("ada", app.request(request).text());
    assertEquals("ada", app.request(request).text());
    assertEquals(401, app.request(request.withHeader("Authorization", "Bearer " + token.substring(0, token.length()
        - 4))).status());
  }

  @ParameterizedTest
  @EnumSource(names = {"HS256", "HS384", "HS512"})
  void secretsOfTheOtherSizes(JwtAlgorithm algorithm) {
    byte[] secret = "x".repeat(algorithm.secretBytes()).getBytes(UTF_8);
    String token = JwtTokens.secret(algorithm, secret).issue("ada", List.of(), Duration.ofHours(1));
    assertEquals(200, status(JwtAuth.secret(algorithm, secret), token));
    byte[] tooShort = "x".repeat(algorithm.secretBytes() - 1).getBytes(UTF_8);
    assertThrows(IllegalArgumentException.class, () -> JwtAuth.secret(algorithm, tooShort));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
  void algNone(String name) {
    String header = "{\"alg\":\"" + name + "\"}";
    assertEquals(401, status(rsa(), content(header) + "."));
    assertEquals(401, status(ec(), content(header) + "."));
  }

  /** The public key as the secret of an HMAC, in both forms in which it lies about. */
  @Test
  void keyConfusion() throws Exception {
    byte[] der = RSA.getPublic().getEncoded();
    String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der)
        + "\n-----END PUBLIC KEY-----\n";
    for (String header : List.of("{\"alg\":\"HS256\"}", "{\"alg\":\"RS256\"}")) {
      assertEquals(401, status(rsa(), hmac(header, der)));
      assertEquals(401, status(rsa(), hmac(header, pem.getBytes(UTF_8))));
    }
    assertThrows(IllegalArgumentException.class, () -> JwtAuth.secret(JwtAlgorithm.RS256, der));
    assertThrows(IllegalArgumentException.class, () -> JwtAuth.publicKey(JwtAlgorithm.HS256, RSA.getPublic()));
  }

  /** A key, or where to find one, in the token itself. */
  @Test
  void embeddedKey() throws Exception {
    var key = (RSAPublicKey) EVE.getPublic();
    String jwk = "{\"kty\":\"RSA\",\"n\":\"" + encode(key.getModulus().toByteArray()) + "\",\"e\":\"AQAB\"}";
    for (String field : List.of("\"jwk\":" + jwk, "\"jku\":\"http://127.0.0.1:1/keys\"",
        "\"x5u\":\"http://127.0.0.1:1/c\"",
        "\"x5c\":[\"" + Base64.getEncoder().encodeToString(key.getEncoded()) + "\"]")) {
      assertEquals(401, status(rsa(), signed("{\"alg\":\"RS256\"," + field + "}", "SHA256withRSA", EVE.getPrivate())));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../dev/null", "/dev/null", "' UNION SELECT 'x", "|| true", "http://127.0.0.1:1/"})
  void kidTraversal(String kid) throws Exception {
    String header = "{\"alg\":\"RS256\",\"kid\":\"" + kid + "\"}";
    assertEquals(401, status(rsa(), signed(header, "SHA256withRSA", EVE.getPrivate())));
    assertEquals(401, status(rsa(), hmac(header, new byte[1])));
  }

  @Test
  void badCurve() throws Exception {
    KeyPair p384 = pair("EC", "secp384r1");
    assertThrows(IllegalArgumentException.class, () -> JwtAuth.publicKey(JwtAlgorithm.ES256, p384.getPublic()));
    assertThrows(IllegalArgumentException.class, () -> JwtTokens.privateKey(JwtAlgorithm.ES512, p384.getPrivate()));
    assertEquals(401, status(ec(), signed("{\"alg\":\"ES256\"}", "SHA256withECDSAinP1363Format", p384.getPrivate())));
    var known = (ECPublicKey) P256.getPublic();
    var beside = new ECPoint(known.getW().getAffineX(), known.getW().getAffineY().add(BigInteger.ONE));
    assertThrows(Exception.class, () -> JwtAuth.publicKey(JwtAlgorithm.ES256, KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(beside, known.getParams()))));
  }

  @Test
  void weakKey() throws Exception {
    var weak = RsaPairs.make(1_024).getPublic();
    assertThrows(IllegalArgumentException.class, () -> JwtAuth.publicKey(JwtAlgorithm.RS256, weak));
    assertThrows(IllegalArgumentException.class, () -> JwtAuth.publicKey(JwtAlgorithm.ES256, RSA.getPublic()));
    assertThrows(IllegalArgumentException.class, () -> JwtAuth.publicKey(JwtAlgorithm.EDDSA, P256.getPublic()));
  }

  /** CVE-2022-21449: a signature of zeros was good for every key. */
  @Test
  void psychicSignature() {
    assertEquals(401, status(ec(), content("{\"alg\":\"ES256\"}") + "." + encode(new byte[64])));
    byte[] der = {0x30, 6, 2, 1, 0, 2, 1, 0};
    assertEquals(401, status(ec(), content("{\"alg\":\"ES256\"}") + "." + encode(der)));
  }

  @Test
  void truncatedTag() throws Exception {
    for (String token : List.of(signed("{\"alg\":\"RS256\"}", "SHA256withRSA", RSA.getPrivate()), signed(
        "{\"alg\":\"ES256\"}", "SHA256withECDSAinP1363Format", P256.getPrivate()))) {
      JwtAuth auth = token.length() > 300 ? rsa() : ec();
      assertEquals(200, status(auth, token));
      for (int cut = 1; cut < token.length() - token.lastIndexOf('.'); cut += 7) {
        assertEquals(401, status(auth, token.substring(0, token.length() - cut)));
      }
      assertEquals(401, status(auth, token.substring(0, token.lastIndexOf('.') + 1)));
      assertEquals(401, status(auth, token + "A"));
      assertEquals(401, status(auth, token + "AAAA"));
    }
  }

  /** The right key, but not the algorithm that is named: a signature that is good by another one. */
  @Test
  void anotherAlgorithmOfTheSameKey() throws Exception {
    assertEquals(401, status(rsa(), signed("{\"alg\":\"RS512\"}", "SHA512withRSA", RSA.getPrivate())));
    assertEquals(401, status(rsa(), signed("{\"alg\":\"RS256\"}", "SHA512withRSA", RSA.getPrivate())));
    assertEquals(401, status(JwtAuth.publicKey(JwtAlgorithm.PS256, RSA.getPublic()), signed("{\"alg\":\"RS256\"}",
        "SHA256withRSA", RSA.getPrivate())));
    assertEquals(401, status(ec(), signed("{\"alg\":\"ES256\"}", "SHA512withECDSAinP1363Format", P256.getPrivate())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"crit\":[\"exp\"]", "\"crit\":[\"b64\"],\"b64\":false", "\"crit\":[]", "\"zip\":\"DEF\""})
  void critAndCompression(String field) throws Exception {
    assertEquals(401, status(rsa(), signed("{\"alg\":\"RS256\"," + field + "}", "SHA256withRSA", RSA.getPrivate())));
  }

  @Test
  void otherShapes() throws Exception {
    String token = signed("{\"alg\":\"RS256\"}", "SHA256withRSA", RSA.getPrivate());
    for (String shape : List.of(token + ".", token + ".a.b", "a." + token, token.replace('.', '~'), "..", ".", token
        .replaceFirst("\\.", "=."), " ", "x".repeat(100_000))) {
      assertEquals(401, status(rsa(), shape), shape);
    }
  }
}
