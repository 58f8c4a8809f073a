package dev.edge4j.server.limits;

import java.time.Duration;

/** Times that timers can keep. */
final class Spans {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(365);

  /** What messages say they are. */
  static final String EXPECTED = "1 ms to 365 days";

  private Spans() {}

  static boolean canBeKept(Duration... times) {
    for (Duration time : times) {
      if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
        return false;
      }
    }
    return true;
  }

  static boolean isNoneOrCanBeKept(Duration time) {
    return time.isZero() || canBeKept(time);
  }
}
