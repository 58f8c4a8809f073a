package dev.edge4j.cache.shared;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Time that only grows, made of a clock that may be set back: what it goes back is not counted. Safe for use by many threads. */
final class Ticks {
  private record Tick(long clock, long passed) {}

  private final InstantSource clock;
  private final AtomicReference<Tick> last;

  Ticks(InstantSource clock) {
    this.clock = clock;
    this.last = new AtomicReference<>(new Tick(clock.millis(), 0));
  }

  /** Nanoseconds since it was made. */
  long nanos() {
    Tick tick = last.updateAndGet(before -> {
      long now = clock.millis();
      return new Tick(now, before.passed + Math.max(0, now - before.clock));
    });
    return TimeUnit.MILLISECONDS.toNanos(tick.passed);
  }
}
