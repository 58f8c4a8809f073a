package dev.edge4j.client;

import dev.edge4j.Deadline;
import java.time.Duration;

/**
 * How long the next wait for an origin may be: until a moment for a head, that long each time for the pieces of a body. Confined to one exchange, but for
 * {@link #renew}.
 */
final class Patience {
  private final String what;
  private final Deadline deadline;
  private final Duration most;
  private volatile long since;
  private final boolean each;

  private Patience(String what, Deadline deadline, Duration most, boolean each) {
    this.what = what;
    this.deadline = deadline;
    this.most = most;
    this.since = System.nanoTime();
    this.each = each;
  }

  /** All of it may take that long, and not go past the deadline. */
  static Patience inAll(String what, Deadline deadline, Duration most) {
    return new Patience(what, deadline, most, false);
  }

  /** Each wait may take that long. */
  static Patience each(String what, Duration most) {
    return new Patience(what, Deadline.none(), most, true);
  }

  /** Milliseconds for the next wait, 1 at least; {@link OriginException} if there is no time left. */
  int millis() throws OriginException {
    Duration left = each ? most : most.minusNanos(System.nanoTime() - since);
    long millis = deadline.atMost(left).toMillis();
    if (!left.isPositive() || deadline.isOver()) {
      throw late();
    }
    return Math.clamp(millis, 1, Integer.MAX_VALUE);
  }

  /** Something has moved, a piece of the request has left say: the time counts from now. Safe for use by any thread. */
  void renew() {
    since = System.nanoTime();
  }

  /** True if a wait that has just ended was the last: nothing has been renewed meanwhile. */
  boolean isOver() {
    return each || deadline.isOver() || System.nanoTime() - since >= most.toNanos();
  }

  OriginException late() {
    return OriginException.timeout("the origin did not send " + what + " in time");
  }
}
