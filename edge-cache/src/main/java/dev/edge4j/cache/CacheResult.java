package dev.edge4j.cache;

import java.time.Duration;

/**
 * A value and how the cache came by it.
 *
 * @param value the value
 * @param layer the layer that had it
 * @param age the time since it was loaded, never negative
 * @param stale true if it is past its freshness lifetime and was served while it is refreshed
 */
public record CacheResult<V>(V value, Layer layer, Duration age, boolean stale) {}
