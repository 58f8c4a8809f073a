package dev.edge4j.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts of some kinds over the last stretch of time, in slices of it: what is older than the stretch is forgotten a slice at a time. Nobody
 * waits here for anybody. Safe for use by many threads; who counts while a slice is replaced may be counted in the old one.
 */
final class SlidingWindow {
  private static final int SLICES = 10;

  /** One stretch of time that is counted together. */
  private record Slice(long number, AtomicIntegerArray counts) {}

  private final int kinds;
  private final long sliceNanos;
  private final long origin;
  private final AtomicReferenceArray<@Nullable Slice> slices = new AtomicReferenceArray<>(SLICES);

  /** Nothing counted yet, from {@code now} on. */
  SlidingWindow(int kinds, Duration length, long now) {
    this.kinds = kinds;
    this.sliceNanos = Math.max(1, length.toNanos() / SLICES);
    this.origin = now;
  }

  void count(int kind, long now) {
    slice(number(now)).counts.incrementAndGet(kind);
  }

  /** How many of that kind the last stretch has seen. */
  int sum(int kind, long now) {
    long newest = number(now);
    int sum = 0;
    for (int i = 0; i < SLICES; i++) {
      Slice slice = slices.get(i);
      if (slice != null && newest - slice.number < SLICES && slice.number <= newest) {
        sum += slice.counts.get(kind);
      }
    }
    return sum;
  }

  /** Differences of a clock that may wrap, so counted from the beginning. */
  private long number(long now) {
    return Math.max(0, now - origin) / sliceNanos;
  }

  private Slice slice(long number) {
    int at = (int) (number % SLICES);
    Slice known = slices.get(at);
    while (known == null || known.number < number) {
      slices.compareAndSet(at, known, new Slice(number, new AtomicIntegerArray(kinds)));
      known = slices.get(at);
    }
    return known;
  }
}
