package dev.edge4j.examples.shop.orders;

import dev.edge4j.BadRequest;
import dev.edge4j.HttpError;
import dev.edge4j.examples.shop.cart.Wish;
import dev.edge4j.examples.shop.secrets.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What tells a repeated request from a new one (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param text the client's key
 * @param fingerprint of the body it came with: one key belongs to one body
 */
public record IdempotencyKey(String text, String fingerprint) {
  private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7e]{1,200}");

  /**
   * Reads a key as it came with a body; {@link BadRequest} naming {@code field} if it is not 1 to 200 visible
   * characters.
   */
  public static IdempotencyKey of(String field, String text, byte[] body) {
    if (!TEXT.matcher(text).matches()) {
      throw new BadRequest(field, "must be 1 to 200 visible ASCII characters, new for each order");
    }
    return new IdempotencyKey(text, Sha256.hex(body));
  }

  /** As {@link #of(String, String, byte[])}, for a form whose other fields do not matter. */
  public static IdempotencyKey ofForm(String text) {
    return of("key", text, "form".getBytes(StandardCharsets.UTF_8));
  }

  /** That of a wish, which was read from a request before. */
  static IdempotencyKey of(Wish wish) {
    return new IdempotencyKey(wish.key(), wish.fingerprint());
  }

  /** This key, if it came with that fingerprint; {@link HttpError} 422 if it came with another body before. */
  IdempotencyKey checked(String before) {
    if (!before.equals(fingerprint)) {
      throw new HttpError(422, "this Idempotency-Key has been used for another request");
    }
    return this;
  }
}
