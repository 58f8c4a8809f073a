package dev.edge4j.cache.shared;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs failures that no caller sees, one line per interval however many there are. */
public final class Complaints {
  private static final Logger LOG = LoggerFactory.getLogger("dev.edge4j.cache");
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final AtomicLong nextAt = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong unlogged = new AtomicLong();

  /** Silent so far. */
  public Complaints(InstantSource clock) {
    this.clock = clock;
  }

  /** The clock that it goes by. */
  InstantSource clock() {
    return clock;
  }

  /** Says it, unless something was said in this interval already. */
  public void about(String what, Throwable cause) {
    long now = clock.millis();
    long due = nextAt.get();
    unlogged.incrementAndGet();
    if (now >= due && nextAt.compareAndSet(due, now + INTERVAL.toMillis())) {
      LOG.warn("{} ({} failures since the last line)", what, unlogged.getAndSet(0), cause);
    }
  }
}
