package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Key;

/** Remembers for one gate when each of its requests came by, in the application's time. */
final class Stopwatch {
  private final Key<Long> started = Key.named("started");

  void start(Context c) {
    c.set(started, c.time().nanoTime());
  }

  /** Nanoseconds since {@link #start}. */
  long elapsed(Context c) {
    return c.time().nanoTime() - c.require(started);
  }
}
