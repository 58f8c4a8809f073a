package dev.edge4j.jobs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do. */
final class Waiting {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long PAUSE_NANOS = 50_000;

  private Waiting() {}

  static void until(BooleanSupplier condition) {
    until(() -> {}, condition);
  }

  /** Lets a second pass whenever nobody is at work, so that no lease ends because a thread of ours was slow. */
  static void idly(VirtualClock clock, JobQueue queue, BooleanSupplier condition) {
    until(() -> {
      if (queue.list(JobState.RUNNING, 1).isEmpty()) {
        clock.advance(Duration.ofSeconds(1));
      }
    }, condition);
  }

  /** Lets time pass in steps meanwhile, whoever is at work. */
  static void until(VirtualClock clock, Duration step, BooleanSupplier condition) {
    until(() -> clock.advance(step), condition);
  }

  private static void until(Runnable meanwhile, BooleanSupplier condition) {
    long until = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < until, "it did not come to pass");
      meanwhile.run();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
