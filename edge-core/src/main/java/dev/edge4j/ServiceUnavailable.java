package dev.edge4j;

import dev.edge4j.http.Headers;
import java.time.Duration;

/** The server cannot answer this now, and may later (RFC 9110 section 15.6.4). */
public final class ServiceUnavailable extends HttpError {
  private static final long serialVersionUID = 1L;

  /** An error whose answer says in {@code Retry-After}, in whole seconds rounded up, when to come again. */
  public ServiceUnavailable(String message, Duration retryAfter) {
    super(503, message, Headers.of("Retry-After", String.valueOf(seconds(retryAfter))));
  }

  private static long seconds(Duration retryAfter) {
    if (retryAfter.isNegative()) {
      throw new IllegalArgumentException("retryAfter: " + retryAfter + " (expected: zero or more)");
    }
    return retryAfter.plusNanos(999_999_999).toSeconds();
  }
}
