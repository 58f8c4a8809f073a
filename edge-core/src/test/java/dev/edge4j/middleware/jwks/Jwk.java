package dev.edge4j.middleware.jwks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.support.RsaPairs;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Key pairs, and their public halves as an issuer publishes them; for tests. */
public final class Jwk {
  private Jwk() {}

  /** A new pair: {@code Ed25519}, or the name of a curve; for {@code RSA} the one of all tests. */
  public static KeyPair pair(String kind) {
    if (kind.equals("RSA")) {
      return RsaPairs.OURS;
    }
    try {
      boolean curve = kind.startsWith("sec");
      KeyPairGenerator generator = KeyPairGenerator.getInstance(curve ? "EC" : kind);
      if (curve) {
        generator.initialize(new ECGenParameterSpec(kind));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The members of a key, with others that stand behind them: {@code "alg":"RS256"}. */
  public static String of(String id, PublicKey key, String... more) {
    String kind = switch (key) {
      case RSAPublicKey rsa -> "\"kty\":\"RSA\",\"n\":\"" + number(rsa.getModulus(), 0) + "\",\"e\":\"" + number(rsa
          .getPublicExponent(), 0) + '"';
      case ECPublicKey ec -> {
        int bits = ec.getParams().getCurve().getField().getFieldSize();
        int bytes = (bits + 7) / 8;
        yield "\"kty\":\"EC\",\"crv\":\"P-" + bits + "\",\"x\":\"" + number(ec.getW().getAffineX(), bytes)
            + "\",\"y\":\"" + number(ec.getW().getAffineY(), bytes) + '"';
      }
      default -> {
        byte[] encoded = key.getEncoded();
        yield "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + base64(Arrays.copyOfRange(encoded, encoded.length - 32,
            encoded.length)) + '"';
      }
    };
    return "{" + Stream.concat(Stream.of("\"kid\":\"" + id + '"', kind), Arrays.stream(more))
        .collect(Collectors.joining(
            ",")) + "}";
  }

  /** The set of those keys. */
  public static byte[] set(String... keys) {
    return ("{\"keys\":[" + String.join(",", keys) + "]}").getBytes(UTF_8);
  }

  private static String number(BigInteger number, int least) {
    byte[] signed = number.toByteArray();
    byte[] bytes = signed[0] == 0 && signed.length > 1 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    byte[] padded = new byte[Math.max(least, bytes.length)];
    System.arraycopy(bytes, 0, padded, padded.length - bytes.length, bytes.length);
    return base64(padded);
  }

  public static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
