package dev.edge4j.middleware.jwks;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import dev.edge4j.json.TypeRef;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a key set (RFC 7517, RFC 7518 section 6, RFC 8037 section 2). Keys that are of no use are left out, as section 5 wants it: of
 * another kind, not for signatures, without an id, with the id of one before them, private ones, ones that make no sense.
 */
final class KeySetReader {
  static final int MAX_KEYS = 100;
  private static final int MAX_ID = 256;
  private static final int MAX_RSA_BITS = 8192;
  private static final int ED25519_BYTES = 32;
  private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

  /** How long a coordinate is, and what Java calls the curve. */
  private record Curve(String name, int bytes) {}

  private static final Map<String, Curve> CURVES = Map.of("P-256", new Curve("secp256r1", 32), "P-384", new Curve(
      "secp384r1", 48), "P-521", new Curve("secp521r1", 66));
  /** What stands in front of the 32 bytes of an Ed25519 key (RFC 8410 section 4). */
  private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private KeySetReader() {}

  /** Keys by their ids. {@link IllegalArgumentException} for what is no key set, too large, or has no key that is of use. */
  static Map<String, PublishedKey> read(byte[] json) {
    if (json.length > KeySet.MAX_BYTES) {
      throw new IllegalArgumentException("key set of " + json.length + " bytes (expected: at most " + KeySet.MAX_BYTES
          + ")");
    }
    Map<String, PublishedKey> keys = new LinkedHashMap<>();
    for (Object member : members(json)) {
      if (member instanceof Map<?, ?> jwk) {
        key(jwk).ifPresent(key -> keys.putIfAbsent(key.id(), key));
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("key set without a key that verifies signatures (expected: one at least)");
    }
    return Map.copyOf(keys);
  }

  private static List<?> members(byte[] json) {
    try {
      if (!(JsonCodec.jackson().read(json, OBJECT).get("keys") instanceof List<?> list)) {
        throw new IllegalArgumentException("key set without \"keys\" (expected: a list, RFC 7517 section 5)");
      }
      if (list.size() > MAX_KEYS) {
        throw new IllegalArgumentException("key set of " + list.size() + " keys (expected: at most " + MAX_KEYS + ")");
      }
      return list;
    } catch (JsonException e) {
      throw new IllegalArgumentException("key set that is no JSON object", e);
    }
  }

  private static Optional<PublishedKey> key(Map<?, ?> jwk) {
    Optional<String> id = text(jwk, "kid").filter(kid -> !kid.isEmpty() && kid.length() <= MAX_ID);
    if (id.isEmpty() || !isForSignatures(jwk) || PRIVATE.stream().anyMatch(jwk::containsKey)) {
      return Optional.empty();
    }
    try {
      Optional<PublicKey> key = switch (text(jwk, "kty").orElse("")) {
        case "RSA" -> rsa(jwk);
        case "EC" -> elliptic(jwk);
        case "OKP" -> edwards(jwk);
        default -> Optional.empty();
      };
      return key.map(made -> new PublishedKey(id.get(), text(jwk, "alg"), made));
    } catch (GeneralSecurityException | IllegalArgumentException makesNoSense) {
      return Optional.empty();
    }
  }

  /** Section 4.2 and 4.3: both are optional, and where both are given they agree. */
  private static boolean isForSignatures(Map<?, ?> jwk) {
    boolean use = !jwk.containsKey("use") || "sig".equals(jwk.get("use"));
    boolean operations = !jwk.containsKey("key_ops") || (jwk.get("key_ops") instanceof List<?> list && list.contains(
        "verify"));
    boolean algorithm = !jwk.containsKey("alg") || jwk.get("alg") instanceof String;
    return use && operations && algorithm;
  }

  private static Optional<PublicKey> rsa(Map<?, ?> jwk) throws GeneralSecurityException {
    BigInteger modulus = number(jwk, "n");
    BigInteger exponent = number(jwk, "e");
    boolean sound = modulus.bitLength() <= MAX_RSA_BITS && exponent.testBit(0) && exponent.bitLength() > 1
        && exponent.bitLength() <= Long.SIZE;
    return sound ? Optional.of(KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(modulus, exponent)))
        : Optional.empty();
  }

  private static Optional<PublicKey> elliptic(Map<?, ?> jwk) throws GeneralSecurityException {
    Curve curve = CURVES.get(text(jwk, "crv").orElse(""));
    if (curve == null || bytes(jwk, "x").length != curve.bytes || bytes(jwk, "y").length != curve.bytes) {
      return Optional.empty();
    }
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve.name));
    var point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
    return Optional.of(KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class))));
  }

  private static Optional<PublicKey> edwards(Map<?, ?> jwk) throws GeneralSecurityException {
    byte[] x = bytes(jwk, "x");
    if (!text(jwk, "crv").orElse("").equals("Ed25519") || x.length != ED25519_BYTES) {
      return Optional.empty();
    }
    byte[] encoded = new byte[ED25519_HEAD.length + x.length];
    System.arraycopy(ED25519_HEAD, 0, encoded, 0, ED25519_HEAD.length);
    System.arraycopy(x, 0, encoded, ED25519_HEAD.length, x.length);
    return Optional.of(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
  }

  private static BigInteger number(Map<?, ?> jwk, String member) {
    return new BigInteger(1, bytes(jwk, member));
  }

  private static byte[] bytes(Map<?, ?> jwk, String member) {
    return Base64.getUrlDecoder().decode(text(jwk, member).orElse(""));
  }

  private static Optional<String> text(Map<?, ?> jwk, String member) {
    return jwk.get(member) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
