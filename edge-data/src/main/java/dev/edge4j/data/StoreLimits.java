package dev.edge4j.data;

import dev.edge4j.resilience.BreakerOptions;
import java.time.Duration;

/**
 * How much a mesh asks of one store at once, and when it stops asking one that fails. A store that serves several classes of data has
 * one set of places and one breaker.
 *
 * @param concurrent calls that run at once
 * @param waiting calls that may wait for a place
 * @param longestWait how long one of them waits, and never past its deadline
 * @param breaker when calls fail at once; only what is the store's own failure counts, as a lost
 *   connection or an answer that is late; not bad SQL, a broken constraint or a mapping
 */
public record StoreLimits(int concurrent, int waiting, Duration longestWait, BreakerOptions breaker) {
  /** Refuses what would let no call through. */
  public StoreLimits {
    if (concurrent < 1 || waiting < 0 || longestWait.isNegative()) {
      throw new IllegalArgumentException("concurrent, waiting, longestWait: " + concurrent + ", " + waiting + ", "
          + longestWait + " (expected: at least 1, not negative, not negative)");
    }
  }

  /**
   * 256 calls at once, 1,024 more that wait for a second at most; the breaker of {@link BreakerOptions#defaults}, for which a call
   * is slow after a minute: long queries are no failure.
   */
  public static StoreLimits defaults() {
    return new StoreLimits(256, 1_024, Duration.ofSeconds(1),
        BreakerOptions.defaults().withSlowCalls(Duration.ofMinutes(1), 1));
  }

  public StoreLimits withConcurrent(int calls) {
    return new StoreLimits(calls, waiting, longestWait, breaker);
  }

  /** So many calls may wait, each so long at most. */
  public StoreLimits withWaiting(int calls, Duration longest) {
    return new StoreLimits(concurrent, calls, longest, breaker);
  }

  public StoreLimits withBreaker(BreakerOptions options) {
    return new StoreLimits(concurrent, waiting, longestWait, options);
  }
}
