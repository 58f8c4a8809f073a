package dev.edge4j.state;

import java.time.Duration;

/** More calls wait for the object than its mailbox holds, or they wait too long. Nothing was executed; calling again at once makes it worse. */
public final class ObjectOverloadedException extends ObjectException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /** A refusal; {@code retryAfter} is for {@link #retryAfter()}. */
  public ObjectOverloadedException(String message, Duration retryAfter) {
    super(message, Outcome.NOT_EXECUTED);
    this.retryAfter = retryAfter;
  }

  /** When to try again at the earliest: what {@code Retry-After} says over HTTP (RFC 9110 section 10.2.3). */
  public Duration retryAfter() {
    return retryAfter;
  }
}
