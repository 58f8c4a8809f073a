package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Key;

/** Remembers for one gate when each of its requests came by. */
final class Stopwatch {
  private final Key<Long> started = Key.named("started");

  void start(Context c) {
    c.set(started, System.nanoTime());
  }

  /** Nanoseconds since {@link #start}. */
  long elapsed(Context c) {
    return System.nanoTime() - c.require(started);
  }
}
