package dev.edge4j.cache;

import java.time.Duration;

/**
 * Is told what happens in a cache, as it happens: for metrics by key, for logs, for traces. {@link Cache#stats} counts the same
 * without one. Called on the thread that it happens on, so it must be quick and not block; what it throws is logged and goes no
 * further. Safe for use by many threads.
 *
 * @param <K> the keys of the cache
 */
public interface CacheListener<K> {
  /** A look-up was answered without waiting for a loader. */
  default void hit(K key, Layer layer, boolean stale) {}

  /** A look-up has to wait for a load. */
  default void miss(K key) {}

  /** A stale value was served because its load failed, was refused a place or is slow. */
  default void degraded(K key) {}

  /** A loader brought something; {@code background} if nobody had to wait for it. */
  default void loaded(K key, Duration took, boolean background) {}

  /** A loader threw, or was refused a place at the origin. */
  default void loadFailed(K key, Throwable cause) {}

  /** A look-up left at its hard timeout; the load goes on. */
  default void timedOut(K key) {}

  /** A value left the memory to make room. */
  default void evicted(K key) {}

  /** A key was invalidated, or expired if {@code soft}. */
  default void invalidated(K key, boolean soft) {}

  /** A tag was invalidated, or expired if {@code soft}. */
  default void tagInvalidated(String tag, boolean soft) {}

  /** Everything was invalidated, or expired if {@code soft}. */
  default void cleared(boolean soft) {}

  /** The key-value store failed, or had something that could not be read. */
  default void kvFailed() {}
}
