package dev.edge4j.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Loads that failed lately, for the last {@link #MAX} such keys, so that an origin in trouble is not asked by each caller. */
final class Failures<K> {
  private static final int MAX = 10_000;

  private record Failure(Throwable cause, long until) {}

  private final com.github.benmanes.caffeine.cache.Cache<K, Failure> known = Caffeine.newBuilder()
      .maximumSize(MAX)
      .build();
  private final InstantSource clock;

  Failures(InstantSource clock) {
    this.clock = clock;
  }

  void remember(K key, Throwable cause, Duration errorFor) {
    if (errorFor.isPositive()) {
      known.put(key, new Failure(cause, clock.millis() + errorFor.toMillis()));
    }
  }

  void forget(K key) {
    known.invalidate(key);
  }

  void forgetAll() {
    known.invalidateAll();
  }

  /** Why the load of this key failed lately, if it did. */
  Optional<Throwable> lately(K key) {
    Failure failure = known.getIfPresent(key);
    if (failure == null) {
      return Optional.empty();
    }
    if (clock.millis() < failure.until) {
      return Optional.of(failure.cause);
    }
    known.asMap().remove(key, failure);
    return Optional.empty();
  }
}
