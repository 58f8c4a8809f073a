package dev.edge4j.cache;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs failures that no caller sees, one line per interval however many there are. */
final class Complaints {
  private static final Logger LOG = LoggerFactory.getLogger(Cache.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final AtomicLong nextAt = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong unlogged = new AtomicLong();

  Complaints(InstantSource clock) {
    this.clock = clock;
  }

  void about(String what, Throwable cause) {
    long now = clock.millis();
    long due = nextAt.get();
    unlogged.incrementAndGet();
    if (now >= due && nextAt.compareAndSet(due, now + INTERVAL.toMillis())) {
      LOG.warn("{} ({} failures since the last line)", what, unlogged.getAndSet(0), cause);
    }
  }
}
