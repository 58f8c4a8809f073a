package dev.edge4j.middleware.ratelimit;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How many requests, in which time, counted how.
 *
 * @param name tells it from others in one response and in one store: 1 to 64 letters, digits, dots, hyphens, underscores
 * @param requests 1 to 1,000,000,000
 * @param window 1 second to 366 days
 * @param burst how many of the requests may come at once; all of them by a sliding window
 */
public record RatePolicy(String name, int requests, Duration window, int burst, Algorithm algorithm) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Duration MIN_WINDOW = Duration.ofSeconds(1);
  private static final Duration MAX_WINDOW = Duration.ofDays(366);
  private static final int MAX_REQUESTS = 1_000_000_000;

  /** How requests are counted. */
  public enum Algorithm {
    /**
     * The generic cell rate algorithm, a leaky bucket: what was used comes back evenly. In any stretch of time L at most {@code burst + L
     * * requests / window} are let through, so in the worst window twice the requests.
     */
    GCRA,
    /** In no stretch of time as long as the window are more than the requests let through. What was used comes back a window later. */
    SLIDING_WINDOW
  }

  /** Refuses what is out of these bounds. */
  public RatePolicy {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name of a rate limit: \"" + name
          + "\" (expected: 1 to 64 letters, digits, dots, hyphens, underscores)");
    }
    if (requests < 1 || requests > MAX_REQUESTS) {
      throw new IllegalArgumentException("requests: " + requests + " (expected: 1 to " + MAX_REQUESTS + ")");
    }
    if (window.compareTo(MIN_WINDOW) < 0 || window.compareTo(MAX_WINDOW) > 0) {
      throw new IllegalArgumentException("window: " + window + " (expected: 1 second to 366 days)");
    }
    if (burst < 1 || burst > requests) {
      throw new IllegalArgumentException("burst: " + burst + " (expected: 1 to the number of requests, " + requests
          + ")");
    }
    if (algorithm == Algorithm.SLIDING_WINDOW && burst < requests) {
      throw new IllegalArgumentException("burst: " + burst
          + " (expected: none by a sliding window, which bounds the window)");
    }
  }

  /** By {@link Algorithm#GCRA}, with all requests at once, named {@code default}. */
  public static RatePolicy of(int requests, Duration window) {
    return new RatePolicy("default", requests, window, requests, Algorithm.GCRA);
  }

  public RatePolicy withName(String newName) {
    return new RatePolicy(newName, requests, window, burst, algorithm);
  }

  public RatePolicy withBurst(int newBurst) {
    return new RatePolicy(name, requests, window, newBurst, algorithm);
  }

  public RatePolicy withAlgorithm(Algorithm newAlgorithm) {
    return new RatePolicy(name, requests, window, burst, newAlgorithm);
  }
}
