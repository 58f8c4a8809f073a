package dev.edge4j.testing;

import dev.edge4j.TimeSource;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The time that a message is under way. */
final class Journey {
  private Journey() {}

  /** Lets that much time pass: advances a virtual clock, waits by any other. */
  static void take(TimeSource time, Duration duration) throws InterruptedIOException {
    if (!duration.isPositive()) {
      return;
    }
    if (time instanceof VirtualClock clock) {
      clock.advance(duration);
    } else {
      await(time, duration);
    }
  }

  private static void await(TimeSource time, Duration duration) throws InterruptedIOException {
    var arrived = new CountDownLatch(1);
    TimeSource.Timer timer = time.after(duration, arrived::countDown);
    try {
      arrived.await();
    } catch (InterruptedException e) {
      timer.cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted under way");
    }
  }
}
