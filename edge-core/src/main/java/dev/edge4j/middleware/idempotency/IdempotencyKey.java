package dev.edge4j.middleware.idempotency;

import dev.edge4j.HttpError;
import dev.edge4j.http.Headers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the key of a request: a string of structured fields (RFC 9651 section 3.3.3), as the draft wants it, or the same without quotes, as
 * many clients send it. Source: draft-ietf-httpapi-idempotency-key-header-07.
 */
public final class IdempotencyKey {
  /** The name of the field. */
  public static final String HEADER = "Idempotency-Key";
  private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\]){1,255})\"");
  private static final Pattern BARE = Pattern.compile("[!#-+\\--\\[\\]-~]{1,255}");

  private IdempotencyKey() {}

  /** The key, if there is one; {@link HttpError} 400 for what is none, or more than one. */
  public static Optional<String> of(Headers headers) {
    List<String> lines = headers.all(HEADER);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String value = lines.getFirst().strip();
    if (lines.size() == 1) {
      var quoted = QUOTED.matcher(value);
      if (quoted.matches()) {
        return Optional.of(quoted.group(1).replaceAll("\\\\(.)", "$1"));
      }
      if (BARE.matcher(value).matches()) {
        return Optional.of(value);
      }
    }
    throw new HttpError(400, HEADER + " (expected: one string of 1 to 255 printable ASCII characters, in quotes)");
  }
}
