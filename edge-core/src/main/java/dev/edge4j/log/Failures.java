package dev.edge4j.log;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs failures, each of them, but those of a {@link Scarcity} once in ten seconds: the first tells what there is to tell, and a
 * thousand more a second would fill the disk, or take the memory that is missing. Safe for use by many threads.
 */
public final class Failures {
  /** Those of this process: what is scarce is so for all of it. */
  public static final Failures LOG = new Failures(System::nanoTime);

  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Since when a scarcity is not mentioned, and how often it could have been. */
  private static final class Quiet {
    private final AtomicLong until;
    private final AtomicLong unsaid = new AtomicLong();

    Quiet(long until) {
      this.until = new AtomicLong(until);
    }
  }

  private final LongSupplier nanoTime;
  /** Never changed after it was filled. */
  private final Map<Scarcity, Quiet> quiet = new EnumMap<>(Scarcity.class);

  /** By that time, which only ever grows. */
  Failures(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    for (Scarcity scarcity : Scarcity.values()) {
      quiet.put(scarcity, new Quiet(nanoTime.getAsLong()));
    }
  }

  /** Logs that this failed, as an error, unless it is one of many for want of the same thing. */
  public void error(Logger log, String what, Throwable cause) {
    Optional<Scarcity> scarcity = Scarcity.behind(cause);
    if (scarcity.isEmpty()) {
      log.error(what, cause);
      return;
    }
    Quiet state = Objects.requireNonNull(quiet.get(scarcity.get()));
    long now = nanoTime.getAsLong();
    long due = state.until.get();
    if (now - due >= 0 && state.until.compareAndSet(due, now + INTERVAL_NANOS)) {
      log.error("{} ({} like it were not logged)", what, state.unsaid.getAndSet(0), cause);
    } else {
      state.unsaid.incrementAndGet();
    }
  }
}
