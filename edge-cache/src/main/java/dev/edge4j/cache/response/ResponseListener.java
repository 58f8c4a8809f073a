package dev.edge4j.cache.response;

/** Hears what happens in a response cache. Called where it happens, on event loops too: it must be quick, must not block and not throw. */
@FunctionalInterface
public interface ResponseListener {
  /**
   * One event.
   *
   * @param event what happened
   * @param target scheme, host, path and query, as {@link dev.edge4j.cache.http.CacheKey#primary} gives them; a tag for its purge; empty for what is
   *     about no single one
   */
  void on(ResponseEvent event, String target);
}
