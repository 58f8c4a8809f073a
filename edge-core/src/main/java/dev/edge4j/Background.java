package dev.edge4j;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work after the response: on virtual threads, bounded in number, drained at shutdown. */
final class Background {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final int MAX_TASKS = 1_000;

  /** Work that may throw; a failure is logged and harms nobody. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  private final Semaphore places = new Semaphore(MAX_TASKS);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private int pending;

  /** Starts a task; at the bound it waits for a place, on the new thread, so the caller never does. */
  void start(Task task) {
    began();
    Thread.ofVirtual().name("edge4j-after").start(() -> {
      places.acquireUninterruptibly();
      try {
        task.run();
      } catch (Exception e) {
        LOG.warn("work after the response failed", e);
      } finally {
        places.release();
        ended();
      }
    });
  }

  /** Some other work has begun that a drain shall wait for. */
  void began() {
    count(1);
  }

  /** Such work has ended. */
  void ended() {
    count(-1);
  }

  /** Waits for all tasks that were started; false if some still ran when the time was over. */
  boolean drain(Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (pending > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
      return pending == 0;
    } finally {
      lock.unlock();
    }
  }

  private void count(int change) {
    lock.lock();
    try {
      pending += change;
      if (pending == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
