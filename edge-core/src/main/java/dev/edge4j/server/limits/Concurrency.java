package dev.edge4j.server.limits;

import java.time.Duration;

/**
 * How much of the slow lane may run at a time, and on what. Handlers marked {@code Handler.exempt} are not counted.
 *
 * @param maxConcurrent requests in handlers; four times as many may wait in gates
 * @param maxQueued requests that wait for a place among them, in the order they came; past it the answer is 503 with {@code Retry-After}
 * @param maxQueueAge how long one may wait for its place; then the same
 * @param scheduler what the virtual threads of handlers run on
 */
public record Concurrency(int maxConcurrent, int maxQueued, Duration maxQueueAge, Scheduler scheduler) {
  /** What the virtual threads of handlers run on. */
  public enum Scheduler {
    /** They begin on the connection's event loop where the JVM opens its internals, and hop where it does not. */
    AUTO,
    /** They begin on the JDK's scheduler, with a hop there and another back. */
    HOP
  }

  /** Refuses numbers that no server can run with. */
  public Concurrency {
    if (maxConcurrent < 1 || maxQueued < 0 || !Spans.isNoneOrCanBeKept(maxQueueAge)) {
      throw new IllegalArgumentException("concurrency: " + maxConcurrent + " in handlers, " + maxQueued + " queued for "
          + maxQueueAge + " (expected: at least 1 in handlers, nothing negative, and to be queued " + Spans.EXPECTED
          + " or zero)");
    }
  }

  /** 4,096 in handlers, 1,024 queued for half a second at most, {@link Scheduler#AUTO}. */
  public static Concurrency defaults() {
    return new Concurrency(4_096, 1_024, Duration.ofMillis(500), Scheduler.AUTO);
  }

  public Concurrency withMaxConcurrent(int newMaxConcurrent) {
    return new Concurrency(newMaxConcurrent, maxQueued, maxQueueAge, scheduler);
  }

  /** Sets how many requests may wait for a place, and for how long; none with 0. */
  public Concurrency withQueue(int newMaxQueued, Duration newMaxQueueAge) {
    return new Concurrency(maxConcurrent, newMaxQueued, newMaxQueueAge, scheduler);
  }

  public Concurrency withScheduler(Scheduler newScheduler) {
    return new Concurrency(maxConcurrent, maxQueued, maxQueueAge, newScheduler);
  }
}
