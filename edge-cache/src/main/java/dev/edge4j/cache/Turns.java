package dev.edge4j.cache;

import java.util.concurrent.atomic.AtomicLong;

/** The order in which loads begin and values come, within this process: many of them share a millisecond. Safe for use by many threads. */
final class Turns {
  /** One of them, and what the clock said then, for what has no turn here. */
  record Turn(long number, long millis) {}

  private final AtomicLong last = new AtomicLong();

  /** The next, from 1 on. */
  Turn next(long millis) {
    return new Turn(last.incrementAndGet(), millis);
  }
}
