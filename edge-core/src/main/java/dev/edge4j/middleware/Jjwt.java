package dev.edge4j.middleware;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.io.AbstractSerializer;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** What issuing and verifying share: the keys, and JSON through our codec (the one that comes with jjwt wants Jackson 2). */
final class Jjwt {
  private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

  private Jjwt() {}

  /** RFC 7518 section 3.2: a key of the same size as the hash or larger. */
  static SecretKey key(JwtAlgorithm algorithm, byte[] secret) {
    if (!algorithm.isSymmetric() || secret.length < algorithm.secretBytes()) {
      throw new IllegalArgumentException(algorithm.id() + " secret of " + secret.length + " bytes (expected: "
          + (algorithm.isSymmetric() ? "at least " + algorithm.secretBytes() + " random bytes, RFC 7518 section 3.2"
              : "a key of its own kind, not a secret") + ")");
    }
    return new SecretKeySpec(secret, "HmacSHA" + algorithm.name().substring(2));
  }

  /** What jjwt calls it. */
  static SecureDigestAlgorithm<?, ?> signature(JwtAlgorithm algorithm) {
    return Jwts.SIG.get().forKey(algorithm.id());
  }

  static byte[] bytes(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads the header and the claims of a token. */
  static final class Reading extends AbstractDeserializer<Map<String, ?>> {
    @Override
    protected Map<String, ?> doDeserialize(Reader reader) throws IOException {
      return JsonCodec.jackson().read(reader.readAllAsString().getBytes(StandardCharsets.UTF_8), OBJECT);
    }
  }

  /** Writes them. */
  static final class Writing extends AbstractSerializer<Map<String, ?>> {
    @Override
    protected void doSerialize(Map<String, ?> object, OutputStream out) throws IOException {
      out.write(JsonCodec.jackson().write(object));
    }
  }
}
