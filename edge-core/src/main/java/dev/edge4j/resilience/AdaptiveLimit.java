package dev.edge4j.resilience;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Finds out by itself how many requests should be in flight at once. As long as they take as long as they usually do the limit grows; once they
 * take longer, for they queue somewhere, it shrinks in proportion, at most by half of the way; each window in which one was dropped takes a
 * tenth of it.
 *
 * <p>A window is at least 100 ms and 10 ends. With {@code long} the exponential average of windows and {@code short} the last one's mean:
 * {@code gradient = clamp(1.5 * long / short, 0.5, 1)} and the limit goes a fifth of the way to {@code limit * gradient + 4}. It
 * stays where it is while less than half of it is used: nothing is known then about more.
 *
 * <p>Source: Netflix concurrency-limits, Gradient2Limit. Nothing here waits but for a few instructions under a lock. Safe for use by many threads.
 */
public final class AdaptiveLimit {
  private static final long WINDOW_NANOS = Duration.ofMillis(100).toNanos();
  private static final int WINDOW_ENDS = 10;
  private static final double TOLERANCE = 1.5;
  private static final double SMOOTHING = 0.2;
  private static final double BACKOFF = 0.9;
  private static final int QUEUE = 4;
  /** Windows that the long average remembers. */
  private static final int MEMORY = 600;
  /** How fast it forgets a bad time once requests are much quicker again. */
  private static final double RECOVERY = 0.95;

  private final int least;
  private final int most;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private double limit;
  private int inFlight;
  private double longNanos;
  private int windows;
  private long windowBegan;
  private double windowNanos;
  private int windowEnds;
  private int windowMost;
  private boolean windowDropped;

  private AdaptiveLimit(int least, int first, int most, LongSupplier nanoTime) {
    this.least = least;
    this.most = most;
    this.nanoTime = nanoTime;
    this.limit = first;
    this.windowBegan = nanoTime.getAsLong();
  }

  /** One that begins at 20 and stays within 4 and 1,000. */
  public static AdaptiveLimit create() {
    return of(4, 20, 1_000);
  }

  /** One that begins at {@code first} and stays within {@code least} and {@code most}. */
  public static AdaptiveLimit of(int least, int first, int most) {
    return of(least, first, most, System::nanoTime);
  }

  /** The same, by a clock of nanoseconds that may wrap. */
  public static AdaptiveLimit of(int least, int first, int most, LongSupplier nanoTime) {
    if (least < 1 || first < least || most < first) {
      throw new IllegalArgumentException("limits: " + least + ", " + first + ", " + most
          + " (expected: the least, 1 or more, the first and the most, none less than the one before)");
    }
    return new AdaptiveLimit(least, first, most, nanoTime);
  }

  /** Leave for one request; empty if as many as its priority allows are in flight. One may always be, whatever its priority. */
  public Optional<Pass> tryPass(Priority priority) {
    lock.lock();
    try {
      if (inFlight >= Math.max(1, (int) (limit * priority.share()))) {
        return Optional.empty();
      }
      inFlight++;
      windowMost = Math.max(windowMost, inFlight);
      return Optional.of(new Pass(nanoTime.getAsLong()));
    } finally {
      lock.unlock();
    }
  }

  /** How many may be in flight now. */
  public int limit() {
    lock.lock();
    try {
      return (int) limit;
    } finally {
      lock.unlock();
    }
  }

  /** How many are in flight now; more than the limit for a while after it has shrunk. */
  public int inFlight() {
    lock.lock();
    try {
      return inFlight;
    } finally {
      lock.unlock();
    }
  }

  /** Leave for one request. Its end is told once; telling it again is ignored. */
  public final class Pass {
    private final long began;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Pass(long began) {
      this.began = began;
    }

    /** It was served, and took as long as it should count for. */
    public void served() {
      end(true, false);
    }

    /** It was refused further on, or timed out: a sign of overload. */
    public void dropped() {
      end(true, true);
    }

    /** It ended in a way that says nothing: refused for what it asks, or answered without work. */
    public void ignored() {
      end(false, false);
    }

    private void end(boolean counts, boolean dropped) {
      if (ended.compareAndSet(false, true)) {
        ended(began, counts, dropped);
      }
    }
  }

  private void ended(long began, boolean counts, boolean dropped) {
    lock.lock();
    try {
      inFlight--;
      if (counts) {
        long now = nanoTime.getAsLong();
        windowNanos += Math.max(1, now - began);
        windowEnds++;
        windowDropped |= dropped;
        if (now - windowBegan >= WINDOW_NANOS && windowEnds >= WINDOW_ENDS) {
          adapt(windowNanos / windowEnds);
          windowBegan = now;
          windowNanos = 0;
          windowEnds = 0;
          windowMost = inFlight;
          windowDropped = false;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void adapt(double shortNanos) {
    windows = Math.min(windows + 1, MEMORY);
    longNanos += (shortNanos - longNanos) / windows;
    if (longNanos > 2 * shortNanos) {
      longNanos *= RECOVERY;
    }
    if (windowDropped) {
      limit = within(limit * BACKOFF);
    } else if (windowMost >= limit / 2) {
      double gradient = Math.clamp(TOLERANCE * longNanos / shortNanos, 0.5, 1);
      limit = within(limit * (1 - SMOOTHING) + (limit * gradient + QUEUE) * SMOOTHING);
    }
  }

  private double within(double wanted) {
    return Math.clamp(wanted, least, most);
  }
}
