package dev.edge4j.middleware;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.io.AbstractSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** What issuing and verifying share: the key, and JSON through our codec (the one that comes with jjwt wants Jackson 2). */
final class Hs256 {
  /** RFC 7518 section 3.2: a key of the same size as the hash or larger. */
  private static final int MIN_SECRET_BYTES = 32;
  private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

  private Hs256() {}

  static SecretKey key(byte[] secret) {
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException("HS256 secret of " + secret.length
          + " bytes (expected: at least 32 random bytes, RFC 7518 section 3.2)");
    }
    return new SecretKeySpec(secret, "HmacSHA256");
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
