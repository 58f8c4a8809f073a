package dev.edge4j.cache;

/** What may be done with an entry at one moment. */
enum Use {
  /** It is served, and that is all. */
  SERVE,
  /** It is served, and a refresh is begun in the background. */
  REFRESH,
  /** Something better is waited for; it is served if that fails or is slow. */
  COVER,
  /** It is not served. */
  NONE
}
