package dev.edge4j.cache;

/**
 * A loader that also says how its value is to be kept, and may ask whether the value that the cache has is still right. Called on a
 * virtual thread of the cache's own, so it may block.
 */
@FunctionalInterface
public interface AdaptiveLoader<K, V> {
  /**
   * What there is for a key, made by {@link Load#of}, {@link Load#absent} or {@link Load#unchanged}. What it throws reaches every
   * caller that waits for this load and has no stale value.
   */
  Loaded<V> load(K key, Load<V> load) throws Exception;
}
