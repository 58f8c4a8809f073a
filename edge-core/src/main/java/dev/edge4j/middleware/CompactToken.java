package dev.edge4j.middleware;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import dev.edge4j.json.TypeRef;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The outer form of a signed token (RFC 7515 section 7.1), before anybody believes a word of it: three parts in the one spelling that base64url
 * has for their bytes. The library behind us takes others too, passes over an empty {@code crit}, and cuts an elliptic signature to its size.
 *
 * @param header its members, unverified
 * @param signatureBytes how long the signature is
 */
record CompactToken(Map<String, Object> header, int signatureBytes) {
  private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};
  private static final int PARTS = 3;

  static Optional<CompactToken> read(String token) {
    String[] parts = token.split("\\.", PARTS + 1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    try {
      byte[] header = decode(parts[0]);
      byte[] claims = decode(parts[1]);
      byte[] signature = decode(parts[2]);
      return header.length == 0 || claims.length == 0 || signature.length == 0 ? Optional.empty()
          : Optional.of(new CompactToken(JsonCodec.jackson().read(header, OBJECT), signature.length));
    } catch (IllegalArgumentException | JsonException refused) {
      return Optional.empty();
    }
  }

  private static byte[] decode(String part) {
    byte[] bytes = Base64.getUrlDecoder().decode(part);
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
      throw new IllegalArgumentException("not the one spelling that these bytes have");
    }
    return bytes;
  }
}
