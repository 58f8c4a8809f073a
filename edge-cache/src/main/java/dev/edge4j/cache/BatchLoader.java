package dev.edge4j.cache;

import java.util.Map;
import java.util.Set;

/** Fetches many values at once. Called on a virtual thread of the cache's own, so it may block. */
@FunctionalInterface
public interface BatchLoader<K, V> {
  /**
   * The values of these keys. A key that is not in the answer has no value; keys that were not asked for are ignored. What it
   * throws reaches all who wait for one of the keys and have no stale value.
   */
  Map<? extends K, ? extends V> loadAll(Set<K> keys) throws Exception;
}
