package dev.edge4j;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine's own time; its timers share one daemon thread. */
final class SystemTime implements TimeSource {
  static final TimeSource INSTANCE = new SystemTime();

  private static final Logger LOG = LoggerFactory.getLogger(SystemTime.class);

  private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1,
      Thread.ofPlatform().daemon().name("edge4j-timer").factory());

  private SystemTime() {
    timers.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    var scheduled = timers.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) { // the executor would keep it to itself
      LOG.error("a timer failed", e);
    }
  }
}
