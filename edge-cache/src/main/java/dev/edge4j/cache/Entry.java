package dev.edge4j.cache;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A value as the layers keep it. All times are milliseconds since 1970, because the second layer is shared by nodes.
 *
 * @param value the value; empty if the key is known to be absent
 * @param storedAt when it was loaded
 * @param freshUntil from here on it is stale
 * @param staleUntil from here on it is as good as gone
 * @param refreshAt the earliest next refresh once stale, later than {@code freshUntil} after a refresh that failed
 * @param versions the versions its tags had when it was loaded
 */
record Entry<V>(Optional<V> value, long storedAt, long freshUntil, long staleUntil, long refreshAt,
    Map<String, Long> versions) {

  static <V> Entry<V> of(Optional<V> value, long now, Duration freshFor, Duration staleFor,
      Map<String, Long> versions) {
    long freshUntil = now + freshFor.toMillis();
    return new Entry<>(value, now, freshUntil, freshUntil + staleFor.toMillis(), freshUntil, versions);
  }

  boolean isFresh(long now) {
    return now < freshUntil;
  }

  boolean isServable(long now) {
    return now < staleUntil;
  }

  Duration age(long now) {
    return Duration.ofMillis(Math.max(0, now - storedAt));
  }

  Entry<V> refreshedNoSoonerThan(long at) {
    return new Entry<>(value, storedAt, freshUntil, staleUntil, at, versions);
  }
}
