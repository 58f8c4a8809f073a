package dev.edge4j.resilience;

import java.time.Duration;

/**
 * When a breaker opens and for how long.
 *
 * @param window the stretch of time it looks back
 * @param minCalls with fewer in the window it stays closed
 * @param failureRate share of failed calls at which it opens
 * @param slowCall from when on a call counts as slow
 * @param slowRate share of slow calls at which it opens
 * @param open for how long at first, a fifth more or less; it doubles each time the probes fail
 * @param longestOpen where the doubling ends
 * @param probes calls that are let through after that; all must succeed, and none be slow
 */
public record BreakerOptions(Duration window, int minCalls, double failureRate, Duration slowCall, double slowRate,
    Duration open, Duration longestOpen, int probes) {

  /** Refuses figures by which it would always, or never, be open. */
  public BreakerOptions {
    if (!window.isPositive() || minCalls < 1 || !isRate(failureRate) || !slowCall.isPositive() || !isRate(slowRate)
        || !open.isPositive() || longestOpen.compareTo(open) < 0 || probes < 1) {
      throw new IllegalArgumentException("breaker: " + minCalls + " calls in " + window + ", failed " + failureRate
          + ", slower than " + slowCall + " " + slowRate + ", open for " + open + " to " + longestOpen + ", " + probes
          + " probes (expected: times more than zero, the longest not below the first, rates over 0 up to 1, at least 1 call and 1 probe)");
    }
  }

  private static boolean isRate(double rate) {
    return rate > 0 && rate <= 1;
  }

  /** Half of at least 20 calls in 10 seconds failed or over a second; open for 5 seconds, 60 at most, then 3 probes. */
  public static BreakerOptions defaults() {
    return new BreakerOptions(Duration.ofSeconds(10), 20, 0.5, Duration.ofSeconds(1), 0.5, Duration.ofSeconds(5),
        Duration.ofSeconds(60), 3);
  }

  public BreakerOptions withWindow(Duration newWindow, int newMinCalls) {
    return new BreakerOptions(newWindow, newMinCalls, failureRate, slowCall, slowRate, open, longestOpen, probes);
  }

  public BreakerOptions withFailureRate(double newFailureRate) {
    return new BreakerOptions(window, minCalls, newFailureRate, slowCall, slowRate, open, longestOpen, probes);
  }

  public BreakerOptions withSlowCalls(Duration newSlowCall, double newSlowRate) {
    return new BreakerOptions(window, minCalls, failureRate, newSlowCall, newSlowRate, open, longestOpen, probes);
  }

  public BreakerOptions withOpen(Duration newOpen, Duration newLongestOpen) {
    return new BreakerOptions(window, minCalls, failureRate, slowCall, slowRate, newOpen, newLongestOpen, probes);
  }

  public BreakerOptions withProbes(int newProbes) {
    return new BreakerOptions(window, minCalls, failureRate, slowCall, slowRate, open, longestOpen, newProbes);
  }
}
