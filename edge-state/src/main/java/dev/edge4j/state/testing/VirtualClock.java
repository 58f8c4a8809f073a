package dev.edge4j.state.testing;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. Safe for use by many threads. */
final class VirtualClock implements InstantSource {
  private volatile Instant now;

  VirtualClock(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves it forward; a time that has passed changes nothing. Called by one thread. */
  void moveTo(Instant time) {
    if (time.isAfter(now)) {
      now = time;
    }
  }
}
