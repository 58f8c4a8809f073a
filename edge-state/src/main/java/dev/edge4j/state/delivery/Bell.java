package dev.edge4j.state.delivery;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes one thread that waits; a ring while it is busy is not lost. Safe for use by many threads. */
final class Bell {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ringing = lock.newCondition();
  private boolean rung;

  void ring() {
    lock.lock();
    try {
      rung = true;
      ringing.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a ring since the last time this returned, or for so long. */
  void await(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.NANOSECONDS.convert(atMost);
      while (!rung && left > 0) {
        left = ringing.awaitNanos(left);
      }
      rung = false;
    } finally {
      lock.unlock();
    }
  }
}
