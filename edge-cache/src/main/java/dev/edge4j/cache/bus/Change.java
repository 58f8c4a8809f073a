package dev.edge4j.cache.bus;

/**
 * What has changed in a cache.
 *
 * <p>{@code soft} means expired: what is stored may still stand in when nothing newer can be had. Otherwise it is gone.
 */
public sealed interface Change {
  /** The value of a key is gone; the key as the cache writes it in the store. */
  record KeyInvalidated(String key) implements Change {}

  /** The store has a newer value of a key. */
  record KeyUpdated(String key) implements Change {}

  /** A tag has a new version, which is what its invalidation consists of. */
  record TagRenewed(String tag, boolean soft, long version) implements Change {}

  /** All that the cache has stored is outdated. */
  record CacheRenewed(boolean soft, long version) implements Change {}
}
