package dev.edge4j.middleware.session;

import java.time.Duration;

/**
 * How long sessions live.
 *
 * @param most from their beginning, whatever happens
 * @param idle after somebody looked at them
 */
record Lifetime(Duration most, Duration idle) {
  private static final int TOUCHES = 10;

  Lifetime {
    if (!idle.isPositive() || idle.compareTo(most) > 0) {
      throw new IllegalArgumentException("idle: " + idle + " (expected: more than nothing, and at most the lifetime of "
          + most + ")");
    }
  }

  /** A look is written down only if the last one that was is so long ago: each costs a write. */
  Duration betweenTouches() {
    return idle.dividedBy(TOUCHES);
  }
}
