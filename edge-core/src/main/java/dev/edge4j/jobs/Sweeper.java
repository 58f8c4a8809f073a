package dev.edge4j.jobs;

import dev.edge4j.TimeSource;
import dev.edge4j.log.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a queue forget, once a minute, what has ended long ago. */
final class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int AT_A_TIME = 1_000;

  private final Desk desk;
  private final Duration keepDone;
  private final Duration keepDead;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean open = true;
  private TimeSource.Timer timer = () -> {
    // None yet.
  };

  Sweeper(Desk desk, Duration keepDone, Duration keepDead) {
    this.desk = desk;
    this.keepDone = keepDone;
    this.keepDead = keepDead;
  }

  /** Timers may not block, and a queue may: hence the thread. */
  void start() {
    lock.lock();
    try {
      if (open) {
        timer = desk.time().after(INTERVAL, () -> Thread.ofVirtual().name("edge4j-jobs-sweep").start(this::sweep));
      }
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      open = false;
      timer.cancel();
    } finally {
      lock.unlock();
    }
  }

  private void sweep() {
    try {
      Instant now = desk.time().instant();
      forget(JobState.DONE, now.minus(keepDone));
      forget(JobState.CANCELLED, now.minus(keepDone));
      forget(JobState.DEAD, now.minus(keepDead));
    } catch (RuntimeException e) {
      Failures.LOG.error(LOG, "old jobs were not forgotten", e);
    }
    start();
  }

  private void forget(JobState state, Instant before) {
    int forgotten = AT_A_TIME;
    while (forgotten == AT_A_TIME) {
      forgotten = desk.queue().purge(state, before, AT_A_TIME);
    }
  }
}
