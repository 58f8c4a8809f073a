package dev.edge4j.middleware.secure;

import java.time.Duration;

/**
 * For how long a browser asks this host by TLS alone (RFC 6797). Immutable.
 *
 * @param maxAge in whole seconds; zero takes back what was said before
 * @param subDomains whether it counts for all hosts below this one too, those that speak no TLS among them
 * @param preload whether browsers may ship it, so that it counts at the first visit; hard to take back
 */
public record StrictTransport(Duration maxAge, boolean subDomains, boolean preload) {
  private static final Duration PRELOAD = Duration.ofDays(365);

  /** Refuses a negative time, and a preload that the browsers' list would refuse: hstspreload.org wants a year and the subdomains. */
  public StrictTransport {
    if (maxAge.isNegative()) {
      throw new IllegalArgumentException("maxAge: " + maxAge + " (expected: zero or more)");
    }
    if (preload && (!subDomains || maxAge.compareTo(PRELOAD) < 0)) {
      throw new IllegalArgumentException("preload for " + maxAge + (subDomains ? " with" : " without")
          + " subdomains (expected: at least a year, with subdomains)");
    }
  }

  /** For this host alone. */
  public static StrictTransport of(Duration maxAge) {
    return new StrictTransport(maxAge, false, false);
  }

  /** For all hosts below it too. */
  public StrictTransport includingSubDomains() {
    return new StrictTransport(maxAge, true, preload);
  }

  /** May be shipped with browsers. */
  public StrictTransport preloaded() {
    return new StrictTransport(maxAge, subDomains, true);
  }

  /** The value of the field. */
  public String fieldValue() {
    return "max-age=" + maxAge.toSeconds() + (subDomains ? "; includeSubDomains" : "") + (preload ? "; preload" : "");
  }
}
