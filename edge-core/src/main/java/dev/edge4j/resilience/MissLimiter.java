package dev.edge4j.resilience;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds how many cache misses are at one origin at once, and begins with few: after a restart or a purge every request is a miss, and an origin that
 * is used to a tenth of them would fall over. From {@code first} the limit grows evenly to {@code most} while the ramp lasts, and never
 * shrinks until the next {@link #restart}. Have one for each origin.
 *
 * <p>Who gets no place serves what it has, stale, or answers 503. Nobody waits here for anybody. Safe for use by many threads.
 */
public final class MissLimiter {
  private final int first;
  private final int most;
  private final Duration ramp;
  private final LongSupplier nanoTime;
  private final AtomicLong began;
  private final AtomicInteger inFlight = new AtomicInteger();

  private MissLimiter(int first, int most, Duration ramp, LongSupplier nanoTime) {
    this.first = first;
    this.most = most;
    this.ramp = ramp;
    this.nanoTime = nanoTime;
    this.began = new AtomicLong(nanoTime.getAsLong());
  }

  /** One whose ramp begins now. */
  public static MissLimiter of(int first, int most, Duration ramp) {
    return of(first, most, ramp, System::nanoTime);
  }

  /** The same, by a clock of nanoseconds that may wrap. */
  public static MissLimiter of(int first, int most, Duration ramp, LongSupplier nanoTime) {
    if (first < 1 || most < first) {
      throw new IllegalArgumentException("limits: " + first + " to " + most
          + " (expected: 1 or more, and the second no less than the first)");
    }
    if (ramp.isNegative()) {
      throw new IllegalArgumentException("ramp: " + ramp + " (expected: zero or more)");
    }
    return new MissLimiter(first, most, ramp, nanoTime);
  }

  /** A place at the origin; empty if as many as it may have now are there. */
  public Optional<Permit> tryAcquire() {
    int now = limit();
    while (true) {
      int before = inFlight.get();
      if (before >= now) {
        return Optional.empty();
      }
      if (inFlight.compareAndSet(before, before + 1)) {
        return Optional.of(new Permit(inFlight::decrementAndGet));
      }
    }
  }

  /** How many misses may be at the origin now. */
  public int limit() {
    long elapsed = Math.max(0, nanoTime.getAsLong() - began.get());
    long whole = ramp.toNanos();
    return elapsed >= whole ? most : first + (int) ((double) (most - first) * elapsed / whole);
  }

  /** How many are there now. */
  public int inFlight() {
    return inFlight.get();
  }

  /** Begins the ramp again: the cache was emptied. Misses that are under way stay counted. */
  public void restart() {
    began.set(nanoTime.getAsLong());
  }
}
