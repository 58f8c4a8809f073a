package dev.edge4j.jobs;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a job: 128 bits that nobody guesses, as 22 characters that a URL can hold. Who knows it may be taken for somebody who was told.
 *
 * @param text 22 characters of base64url (RFC 4648 section 5)
 */
public record JobId(String text) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;
  /** The last character holds two bits, so that each id has one spelling. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{21}[AQgw]");

  /** Refuses what is none. */
  public JobId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("job id: \"" + text + "\" (expected: 22 characters of base64url)");
    }
  }

  /** A new one. */
  public static JobId random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new JobId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** One that came from outside; empty for what cannot be one. */
  public static Optional<JobId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new JobId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
