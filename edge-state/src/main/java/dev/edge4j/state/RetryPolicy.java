package dev.edge4j.state;

import java.time.Duration;

/**
 * When something that failed is tried again: after {@code first}, then each time {@code factor} times as late, up to {@code most}, with up to a
 * quarter more so that many do not come at once. After {@code attempts} it is put aside as a {@link DeadLetter}, and nothing is lost.
 *
 * @param first pause after the first failure
 * @param factor 1.0 for an even pace
 * @param most the longest pause
 * @param attempts how often it is tried in all, at least 1
 */
public record RetryPolicy(Duration first, double factor, Duration most, int attempts) {
  private static final RetryPolicy DEFAULTS = new RetryPolicy(Duration.ofSeconds(2), 2.0, Duration.ofMinutes(15), 20);

  /** Throws {@link IllegalArgumentException} for numbers out of range. */
  public RetryPolicy {
    if (!first.isPositive() || most.compareTo(first) < 0 || !(factor >= 1.0 && factor <= 100.0) || attempts < 1) {
      throw new IllegalArgumentException("retry: first " + first + ", factor " + factor + ", most " + most
          + ", attempts "
          + attempts
          + " (expected: a positive pause, a factor of 1 to 100, a longest pause that is not shorter, at least 1 attempt)");
    }
  }

  /** Two seconds, doubling, up to a quarter of an hour; twenty attempts, which take some two and a half hours. */
  public static RetryPolicy defaults() {
    return DEFAULTS;
  }

  /** Tried once. */
  public static RetryPolicy never() {
    return new RetryPolicy(DEFAULTS.first(), DEFAULTS.factor(), DEFAULTS.most(), 1);
  }

  /** Whether there is a further attempt after so many failed ones. */
  public boolean allows(int failed) {
    return failed < attempts;
  }

  /**
   * The pause after so many failed attempts, at least one.
   *
   * @param random 0 to 1: how much of the quarter is added
   */
  public Duration pause(int failed, double random) {
    double millis = (double) first.toMillis() * Math.pow(factor, failed - 1.0);
    double capped = Math.min(millis, (double) most.toMillis());
    return Duration.ofMillis((long) (capped * (1 + 0.25 * random)));
  }
}
