package dev.edge4j.cache;

import java.time.Duration;

/**
 * A value and how the cache came by it.
 *
 * @param value the value
 * @param layer the layer that had it
 * @param age the time since it was loaded, never negative
 * @param stale true if it is past its freshness lifetime, or was expired, and was served all the same
 * @param degraded true if something failed on the way: the second layer did not answer, or this is a stale value because its load
 *     failed, was refused a place at the origin, or took longer than the soft timeout
 * @param loaded true if the load that brought it was begun by this call; false for who shared the load of another
 */
public record CacheResult<V>(V value, Layer layer, Duration age, boolean stale, boolean degraded, boolean loaded) {
  <R> CacheResult<R> withValue(R other) {
    return new CacheResult<>(other, layer, age, stale, degraded, loaded);
  }
}
