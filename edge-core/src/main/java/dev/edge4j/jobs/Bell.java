package dev.edge4j.jobs;

import dev.edge4j.TimeSource;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** What one thread waits for and others ring. What is rung while nobody waits is heard by the next wait; twice is heard once. */
final class Bell {
  private final TimeSource time;
  private final Semaphore rings = new Semaphore(0);

  Bell(TimeSource time) {
    this.time = time;
  }

  void ring() {
    rings.release();
  }

  /** Whether the thread waits now. */
  boolean isAwaited() {
    return rings.hasQueuedThreads();
  }

  /** Waits until it is rung, or that time is over. */
  void await(Duration atMost) throws InterruptedException {
    TimeSource.Timer timer = time.after(atMost, this::ring);
    try {
      rings.acquire();
    } finally {
      timer.cancel();
    }
    rings.drainPermits();
  }
}
