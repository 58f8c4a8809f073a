package dev.edge4j.middleware;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers that a store of counts fails, so that not every request waits for it to fail once more. Safe for use by many threads. */
final class StoreFailures {
  /** How long it is not asked after it failed. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(RateLimit.class);

  private final LongAdder count = new LongAdder();
  /** The time of the last failure, in nanoseconds of a monotonic clock; none while the store answers. */
  private final AtomicReference<@Nullable Long> last = new AtomicReference<>();

  /** True if the store may be asked. */
  boolean isOver(long now) {
    Long failed = last.get();
    return failed == null || now - failed >= PAUSE.toNanos();
  }

  /** The store has failed; logged once until it answers again. */
  void began(long now, String policy, Exception cause) {
    if (last.getAndSet(now) == null) {
      LOG.error("the store of rate limit \"{}\" fails", policy, cause);
    }
  }

  /** The store has answered. */
  void ended() {
    if (last.get() != null && last.getAndSet(null) != null) {
      LOG.info("the store of a rate limit answers again");
    }
  }

  /** A request was not counted. */
  void add() {
    count.increment();
  }

  long count() {
    return count.sum();
  }
}
