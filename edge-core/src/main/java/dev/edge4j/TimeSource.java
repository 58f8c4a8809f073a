package dev.edge4j;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Where an application has its time from: the instant, elapsed nanoseconds, and timers. The real one is {@link #system}; tests give
 * one that moves only when they say so. Implementations are safe for use by many threads.
 */
public interface TimeSource extends InstantSource {
  /** Nanoseconds that only ever grow, from an origin that means nothing; for differences, as {@link System#nanoTime}. */
  long nanoTime();

  /** Runs a task once that much time has passed. The task runs on a thread of the source, so it must be quick and not block. */
  Timer after(Duration delay, Runnable task);

  /** A task that was put off. */
  @FunctionalInterface
  interface Timer {
    /** Forgets the task, unless it has begun. */
    void cancel();
  }

  /** The time of the machine. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
