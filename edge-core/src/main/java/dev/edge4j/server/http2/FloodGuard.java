package dev.edge4j.server.http2;

import dev.edge4j.server.limits.FrameBudgets;
import java.util.EnumMap;
import java.util.Map;

/**
 * Holds the frames of one connection against their budgets. A budget is full at the start and when its span of time has passed since
 * its first frame, so that what a page brings at once is no flood. Pure: the time is told. Confined to one thread.
 */
final class FloodGuard {
  /** A DATA frame with less than this costs more than it brings. */
  static final int TINY_BYTES = 64;
  private static final int UPDATES_PER_FRAME_SENT = 4;

  private final Map<Flood, Budget> budgets = new EnumMap<>(Flood.class);
  private final Budget windowUpdates;
  private final Budget pings;

  /** What is left of one kind. */
  private static final class Budget {
    private final int whole;
    private final long perNanos;
    private int left;
    private long since;
    private boolean begun;

    Budget(int whole, long perNanos) {
      this.whole = whole;
      this.perNanos = perNanos;
      this.left = whole;
    }

    boolean take(long now) {
      if (!begun || now - since >= perNanos) {
        begun = true;
        left = whole;
        since = now;
      }
      return --left >= 0;
    }

    void earn(int frames) {
      left = Math.min(left + frames, whole);
    }
  }

  FloodGuard(FrameBudgets frames) {
    for (Flood kind : Flood.values()) {
      budgets.put(kind, new Budget(kind.budget(frames), frames.per().toNanos()));
    }
    windowUpdates = of(Flood.WINDOW_UPDATES);
    pings = of(Flood.PINGS);
  }

  /** Counts a frame; false if it is past its budget. */
  boolean admits(Flood flood, long now) {
    return of(flood).take(now);
  }

  /** We have sent a DATA frame, which an honest client may answer. */
  void sentData() {
    windowUpdates.earn(UPDATES_PER_FRAME_SENT);
    pings.earn(1);
  }

  private Budget of(Flood flood) {
    Budget budget = budgets.get(flood);
    if (budget == null) {
      throw new IllegalStateException("no budget for " + flood);
    }
    return budget;
  }
}
