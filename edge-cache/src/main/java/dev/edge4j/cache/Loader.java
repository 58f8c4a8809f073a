package dev.edge4j.cache;

/** Fetches what a cache does not have. Called on a virtual thread of the cache's own, so it may block. */
@FunctionalInterface
public interface Loader<K, V> {
  /** The value of a key, never null; what it throws reaches every caller that waits for this load and has no stale value. */
  V load(K key) throws Exception;
}
