package dev.edge4j.cache.http;

import java.time.Duration;

/** What a stored response is good for, for one request at one time. */
public sealed interface Decision {
  /** Answer with it. */
  record Fresh(Duration age) implements Decision {}

  /** Answer with it, and fetch a new one in the background (RFC 5861 section 3). */
  record StaleWhileRevalidate(Duration age) implements Decision {}

  /** Fetch; answer with it if that fails (RFC 5861 section 4). */
  record StaleIfError(Duration age) implements Decision {}

  /**
   * Fetch.
   *
   * @param reason why it cannot answer
   */
  record Miss(CacheStatus.Forward reason) implements Decision {}
}
