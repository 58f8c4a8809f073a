package dev.edge4j.cache.http;

import java.util.EnumSet;
import java.util.Set;

/** What a request may ask of a cache in {@code Cache-Control} (RFC 9111 section 5.2.1, RFC 5861 section 4); a cache need not obey. */
public enum RequestDirective {
  /** Not older than so many seconds. */
  MAX_AGE,
  /** Stale by so many seconds is good enough. */
  MAX_STALE,
  /** Fresh for so many seconds more. */
  MIN_FRESH,
  /** Validated first; so does {@code Pragma: no-cache} without a {@code Cache-Control} (RFC 9111 section 5.4). */
  NO_CACHE,
  /** Neither the request nor its response is to be stored. */
  NO_STORE,
  /** From the cache, or 504. */
  ONLY_IF_CACHED,
  /** Stale by so many seconds is good enough if the origin fails. */
  STALE_IF_ERROR;

  /** All of them: for clients that are trusted, such as a cache in front of this one. */
  public static Set<RequestDirective> all() {
    return EnumSet.allOf(RequestDirective.class);
  }

  /** Those that cost the origin nothing beyond what a visitor's reload may: what untrusted clients can ask for by default. */
  public static Set<RequestDirective> harmless() {
    return EnumSet.of(MAX_AGE, NO_CACHE, NO_STORE, ONLY_IF_CACHED, MIN_FRESH);
  }
}
