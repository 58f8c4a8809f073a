package dev.edge4j.resilience;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How long calls took of late, as a histogram whose buckets grow by an eighth: a quantile read from it is at most an eighth too high, and never too low. What is older
 * than a stretch of time is forgotten. Nobody waits here for anybody. Safe for use by many threads.
 */
final class Latencies {
  /** Buckets for each doubling. */
  private static final int STEPS = 8;
  private static final int DOUBLINGS = 40;
  private static final int BUCKETS = STEPS * DOUBLINGS;
  /** Nothing takes less, for our purposes: a microsecond. */
  private static final long LEAST = TimeUnit.MICROSECONDS.toNanos(1);

  private final SlidingWindow window;

  Latencies(Duration stretch, long now) {
    this.window = new SlidingWindow(BUCKETS, stretch, now);
  }

  void add(long nanos, long now) {
    window.count(bucket(nanos), now);
  }

  /** The least time that this share of the calls did not exceed; empty if fewer than {@code least} are known. */
  OptionalLong quantile(double share, int least, long now) {
    int[] counts = new int[BUCKETS];
    long all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] = window.sum(i, now);
      all += counts[i];
    }
    if (all < least) {
      return OptionalLong.empty();
    }
    long rank = (long) Math.ceil(share * all);
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return OptionalLong.of(upper(i));
      }
    }
    return OptionalLong.of(upper(BUCKETS - 1));
  }

  /** Which eighth of which doubling. */
  static int bucket(long nanos) {
    long units = Math.max(LEAST, nanos) * STEPS / LEAST;
    int doubling = Long.SIZE - 1 - Long.numberOfLeadingZeros(units) - 3;
    int step = (int) (units >>> doubling) - STEPS;
    return Math.min(BUCKETS - 1, doubling * STEPS + step);
  }

  /** The end of a bucket. */
  static long upper(int bucket) {
    long units = (long) (STEPS + bucket % STEPS + 1) << (bucket / STEPS);
    return units * LEAST / STEPS;
  }
}
