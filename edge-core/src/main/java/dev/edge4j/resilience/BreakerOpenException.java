package dev.edge4j.resilience;

import java.time.Duration;

/** A call was not made: its dependency has failed too often of late. */
public final class BreakerOpenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String dependency;
  private final Duration retryAfter;

  BreakerOpenException(String dependency, Duration retryAfter) {
    super(dependency + " has failed too often, and is asked again in " + retryAfter.toMillis() + " ms", null, false,
        false);
    this.dependency = dependency;
    this.retryAfter = retryAfter;
  }

  /** The name its breaker was given. */
  public String dependency() {
    return dependency;
  }

  /** How long it will not be asked for; zero while its probes are under way. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
