package dev.edge4j.data;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.resilience.Bulkhead;
import dev.edge4j.resilience.CircuitBreaker;
import dev.edge4j.resilience.Permit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Stands before one store: only so many calls at once, none past its deadline, none while the store fails. Safe for use by many threads. */
final class StoreGuard {
  private final String label;
  private final Duration longestWait;
  private final Bulkhead places;
  private final CircuitBreaker breaker;

  StoreGuard(String label, StoreLimits limits, TimeSource time) {
    this.label = label;
    this.longestWait = limits.longestWait();
    this.places = Bulkhead.of(limits.concurrent(), limits.waiting(), limits.longestWait(), time::nanoTime);
    this.breaker = CircuitBreaker.of(label, limits.breaker(), time::nanoTime, () -> ThreadLocalRandom.current()
        .nextDouble(), _ -> {
          // Its position is asked for.
        });
  }

  /** Makes the call under the deadline, or throws {@link StoreException} if it cannot be made. */
  <T> T call(Deadline deadline, Supplier<T> work) {
    if (deadline.isOver()) {
      throw new StoreException(StoreException.Reason.BUSY, label + " is not asked: the time for it is over");
    }
    try (Permit _ = place(deadline)) {
      CircuitBreaker.Pass pass = breaker.tryPass().orElseThrow(this::refused);
      try {
        T result = QueryDeadline.within(deadline, work);
        pass.succeeded();
        return result;
      } catch (StoreException e) {
        if (isItsFault(e)) {
          pass.failed();
        }
        throw e;
      } finally {
        pass.succeeded(); // what else was thrown is the caller's: a mapping, the work of a transaction
      }
    }
  }

  Bulkhead places() {
    return places;
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  private static boolean isItsFault(StoreException e) {
    return switch (e.reason()) {
      case BUSY, FAILED, UNKNOWN -> true;
      case CONSTRAINT, INVALID, STATEMENT, CLOSED -> false;
    };
  }

  private StoreException refused() {
    return new StoreException(StoreException.Reason.FAILED, label + " has failed too often, and is asked again in "
        + breaker.retryAfter().toMillis() + " ms");
  }

  private Permit place(Deadline deadline) {
    Optional<Permit> place = places.tryAcquire();
    try {
      return place.isPresent() ? place.get()
          : places.acquire(deadline.atMost(longestWait))
              .orElseThrow(() -> new StoreException(StoreException.Reason.BUSY, label + " has no place free: "
                  + places.inUse() + " calls run, " + places.waiting() + " wait"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreException.Reason.BUSY, "interrupted while waiting for a place at " + label, e);
    }
  }
}
