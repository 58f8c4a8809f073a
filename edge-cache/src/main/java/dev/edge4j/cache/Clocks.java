package dev.edge4j.cache;

import dev.edge4j.TimeSource;
import java.time.Duration;
import java.time.InstantSource;

/** The time of a cache: what the clock says, and timers of the same source if that has them. */
record Clocks(InstantSource clock, TimeSource timers) {
  static Clocks of(InstantSource clock) {
    return new Clocks(clock, clock instanceof TimeSource timers ? timers : TimeSource.system());
  }

  long millis() {
    return clock.millis();
  }

  TimeSource.Timer after(Duration delay, Runnable task) {
    return timers.after(delay, task);
  }
}
