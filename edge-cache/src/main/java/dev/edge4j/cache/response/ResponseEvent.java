package dev.edge4j.cache.response;

/** What happens in a response cache; {@link ResponseStats} counts it. */
public enum ResponseEvent {
  /** A fresh response was answered from what is stored. */
  HIT,
  /** A stale one was: while it is fetched anew, because fetching failed, or because the request is content with it. */
  STALE,
  /** A request had to go further. */
  MISS,
  /** A request went further by itself, for answers to it proved not to be shareable. Counted beside {@link #MISS}. */
  HIT_FOR_MISS,
  /** A request waited for the answer to another. */
  COLLAPSED,
  /** A stored response was validated: a 304 came back. */
  VALIDATED,
  /** A response was stored. */
  STORED,
  /** The stored responses of one target had to make room. */
  EVICTED,
  /** A target, a tag or all was purged or expired, also by an unsafe method. */
  PURGED,
  /** The last resort answered. */
  FALLBACK,
  /** A call to the second layer failed. */
  KV_FAILED
}
