package dev.edge4j.middleware.ratelimit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A sliding window, counted in slices of it. A request is let through if it and all that were let through in its slice and the {@link #SLICES}
 * before are no more than the limit. Those slices together cover the window that ends now, so in no stretch of time as long as the window,
 * wherever it begins, are more let through: the bound is that of a log of every request, in a state of fixed size. The price is
 * that quota comes back up to one slice late.
 *
 * <p>Slices are counted from a client's first request. Times are nanoseconds of one monotonic clock that may wrap.
 *
 * @param requests the limit
 * @param slice nanoseconds of one slice; all of them are no shorter than the window
 */
record SlidingWindow(int requests, long slice) implements RateAlgorithm {
  static final int SLICES = 32;

  /** What was let through in each slice, the newest first. */
  static final class Slices implements RateState {
    private final SlidingWindow window;
    private final long start;
    private final int[] counts;

    private Slices(SlidingWindow window, long start, int[] counts) {
      this.window = window;
      this.start = start;
      this.counts = counts;
    }

    /** As it is at that time: old slices have dropped out. */
    private Slices at(long now) {
      long passed = Math.max(0, now - start) / window.slice;
      if (passed == 0) {
        return this;
      }
      var moved = new int[SLICES + 1];
      if (passed <= SLICES) {
        System.arraycopy(counts, 0, moved, (int) passed, SLICES + 1 - (int) passed);
      }
      return new Slices(window, start + passed * window.slice, moved);
    }

    private int used() {
      return Arrays.stream(counts).sum();
    }

    private Slices with(int tokens) {
      int[] more = counts.clone();
      more[0] += tokens;
      return new Slices(window, start, more);
    }

    /** Nanoseconds until so many of those counted have dropped out. */
    private long until(int freed, long now) {
      int free = 0;
      int oldest = SLICES + 1;
      while (free < freed) {
        oldest--;
        free += counts[oldest];
      }
      return start + (SLICES + 1 - oldest) * window.slice - now;
    }

    @Override
    public long ahead(long now) {
      return at(now).used() * (window.slice * SLICES / window.requests);
    }
  }

  static SlidingWindow of(RatePolicy policy) {
    return new SlidingWindow(policy.requests(), Math.ceilDiv(policy.window().toNanos(), SLICES));
  }

  @Override
  public Taken take(@Nullable RateState state, int tokens, long now) {
    Slices slices = state instanceof Slices known ? known.at(now) : new Slices(this, now, new int[SLICES + 1]);
    int used = slices.used();
    int left = requests - used;
    if (tokens > left) {
      return new Taken(new RateDecision(false, left, slices.until(tokens - left, now), slices.until(used, now)), null);
    }
    Slices taken = slices.with(tokens);
    return new Taken(new RateDecision(true, left - tokens, 0, taken.until(used + tokens, now)), taken);
  }
}
