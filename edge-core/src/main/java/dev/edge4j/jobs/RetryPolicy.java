package dev.edge4j.jobs;

import java.time.Duration;

/**
 * How often a job is tried, and how long it waits in between: a random time up to a bound that doubles from {@code base} to {@code cap} (full
 * jitter), so that what failed together does not come again together. Source: Marc Brooker, "Exponential Backoff and Jitter" (2015).
 *
 * @param attempts how often it is begun at the most
 * @param base the bound after the first attempt
 * @param cap the bound that no wait is beyond
 */
public record RetryPolicy(int attempts, Duration base, Duration cap) {
  /** Seven attempts, bounds from 2 seconds to 10 minutes. */
  public static final RetryPolicy DEFAULT = new RetryPolicy(7, Duration.ofSeconds(2), Duration.ofMinutes(10));

  private static final int MAX_DOUBLINGS = 40;

  /** Refuses less than one attempt, a base that is not positive, and a cap below it or above a year. */
  public RetryPolicy {
    if (attempts < 1 || !base.isPositive() || cap.compareTo(base) < 0 || cap.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException("retries: " + attempts + " attempts, " + base + " to " + cap
          + " (expected: at least 1, and 0 < base <= cap <= 365 days)");
    }
  }

  /** One attempt. */
  public static RetryPolicy none() {
    return DEFAULT.withAttempts(1);
  }

  public RetryPolicy withAttempts(int count) {
    return new RetryPolicy(count, base, cap);
  }

  /** Other bounds. */
  public RetryPolicy withBackoff(Duration newBase, Duration newCap) {
    return new RetryPolicy(attempts, newBase, newCap);
  }

  /** How long to wait after so many attempts, at least one; {@code random} is from 0 to 1. */
  Duration delay(int begun, double random) {
    double bound = Math.min((double) cap.toMillis(), Math.scalb((double) base.toMillis(), Math.min(begun - 1,
        MAX_DOUBLINGS)));
    return Duration.ofMillis((long) (bound * random));
  }
}
