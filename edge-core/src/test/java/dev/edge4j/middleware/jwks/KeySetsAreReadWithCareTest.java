package dev.edge4j.middleware.jwks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.support.RsaPairs;
import java.security.KeyPair;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a key set, what can verify a signature is taken, and nothing else. */
class KeySetsAreReadWithCareTest {
  private static final KeyPair RSA = RsaPairs.OURS;
  private static final KeyPair P256 = Jwk.pair("secp256r1");
  private static final String GOOD = Jwk.of("good", RSA.getPublic());

  private static Set<String> ids(String... keys) {
    return KeySetReader.read(Jwk.set(keys)).keySet();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "secp256r1", "secp384r1", "secp521r1", "Ed25519"})
  void eachKindOfKeyIsTheKeyThatWasPublished(String kind) {
    KeyPair pair = Jwk.pair(kind);
    Map<String, PublishedKey> keys = KeySetReader.read(Jwk.set(Jwk.of("one", pair.getPublic(), "\"alg\":\"X\"",
        "\"use\":\"sig\"", "\"key_ops\":[\"verify\"]", "\"x5t\":\"a\"")));
    assertEquals(Map.of("one", new PublishedKey("one", Optional.of("X"), pair.getPublic())), keys);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"use\":\"enc\"", "\"use\":7", "\"use\":null", "\"key_ops\":[\"sign\"]", "\"key_ops\":[]",
      "\"key_ops\":\"verify\"", "\"alg\":7", "\"d\":\"AQAB\"", "\"k\":\"AQAB\"", "\"p\":\"AQAB\""})
  void keysForSomethingElseAreLeftOut(String member) {
    assertEquals(Set.of("good"), ids(Jwk.of("other", RSA.getPublic(), member), GOOD));
  }

  @Test
  void keysOfAnotherKindAreLeftOut() {
    assertEquals(Set.of("good"), ids("{\"kid\":\"a\",\"kty\":\"oct\",\"k\":\"AAAA\"}",
        "{\"kid\":\"b\",\"kty\":\"new\"}",
        "{\"kid\":\"c\"}", "7", "null", "\"a\"", "[]", "{}", Jwk.of("", RSA.getPublic()), Jwk.of("x".repeat(257), RSA
            .getPublic()), Jwk.of("d", RSA.getPublic()).replace("\"kid\":\"d\"", "\"kid\":7"), Jwk.of("e", RSA
                .getPublic()).replace("\"kid\":\"e\",", ""), GOOD));
  }

  @Test
  void keysThatMakeNoSenseAreLeftOut() {
    String ec = Jwk.of("bad", P256.getPublic());
    String rsa = Jwk.of("bad", RSA.getPublic());
    assertEquals(Set.of("good"), ids(ec.replace("P-256", "P-384"), ec.replace("P-256", "secp256k1"), ec.replaceFirst(
        "\"x\":\"....", "\"x\":\""), ec.replaceFirst("\"y\":\"", "\"y\":\"!"), rsa.replace("AQAB", "AQ"), rsa.replace(
            "AQAB", "AQAA"), rsa.replace("\"e\":\"AQAB\"", "\"e\":7"), rsa.replace("\"n\":\"", "\"n\":\"" + "A".repeat(
                8) + "_".repeat(1400)), Jwk.of("bad", Jwk.pair("Ed25519").getPublic()).replace("Ed25519", "X25519"),
        GOOD));
  }

  @Test
  void theFirstOfTwoKeysOfOneIdCounts() {
    Map<String, PublishedKey> keys = KeySetReader.read(Jwk.set(Jwk.of("a", RSA.getPublic()), Jwk.of("a", P256
        .getPublic())));
    assertEquals(Map.of("a", new PublishedKey("a", Optional.empty(), RSA.getPublic())), keys);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "{}", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":[{}]}", "<html>",
      "{\"keys\":[]} x"})
  void whatIsNoKeySet(String json) {
    assertThrows(IllegalArgumentException.class, () -> KeySetReader.read(json.getBytes(UTF_8)));
  }

  @Test
  void aSetIsNotTooLarge() {
    String[] many = IntStream.rangeClosed(0, KeySetReader.MAX_KEYS)
        .mapToObj(i -> Jwk.of("k" + i, P256.getPublic()))
        .toArray(String[]::new);
    assertThrows(IllegalArgumentException.class, () -> KeySetReader.read(Jwk.set(many)));
    byte[] padded = (new String(Jwk.set(GOOD), UTF_8) + " ".repeat(KeySet.MAX_BYTES)).getBytes(UTF_8);
    assertThrows(IllegalArgumentException.class, () -> KeySetReader.read(padded));
  }
}
