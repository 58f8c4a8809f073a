package dev.edge4j.examples.shop.ops;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long things took: 32 buckets for each doubling, so that a quantile read from it is at most 1/32 too high and never too low. Its size
 * does not grow with what is counted. Safe for use by many threads; nobody waits.
 *
 * <p>Source: Gil Tene's HdrHistogram, whose buckets these are.
 */
final class Histogram {
  private static final int BITS = 5;
  private static final int STEPS = 1 << BITS;
  /** Up to 2^36 microseconds, which is 19 hours. */
  private static final int BUCKETS = (36 - BITS + 1) * STEPS;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  void add(Duration took) {
    counts.incrementAndGet(bucket(Math.max(0, took.toNanos() / 1_000)));
  }

  /** Counts what the other has counted as well. */
  void add(Histogram other) {
    for (int i = 0; i < BUCKETS; i++) {
      counts.addAndGet(i, other.counts.get(i));
    }
  }

  /** How many there were. */
  long count() {
    long all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      all += counts.get(i);
    }
    return all;
  }

  /** The least time that this share of them did not exceed, rounded up to the end of its bucket; zero if there was nothing. */
  Duration quantile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * count()));
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts.get(i);
      if (seen >= rank) {
        return Duration.ofNanos(end(i) * 1_000);
      }
    }
    return Duration.ZERO;
  }

  /** Values below 32 have a bucket each; of those above the five bits behind the first one count. */
  static int bucket(long micros) {
    if (micros < STEPS) {
      return (int) micros;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - BITS;
    return Math.min(BUCKETS - 1, (shift + 1) * STEPS + (int) (micros >>> shift) - STEPS);
  }

  /** The largest value of a bucket. */
  static long end(int bucket) {
    int shift = Math.max(0, bucket / STEPS - 1);
    long first = bucket < STEPS ? bucket : STEPS + bucket % STEPS;
    return ((first + 1) << shift) - 1;
  }
}
