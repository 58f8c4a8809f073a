package dev.edge4j.middleware.ratelimit;

/** What is remembered of one client. Immutable. */
interface RateState {
  /** The larger, the more is lost if it is forgotten; zero or less if nothing is. In nanoseconds of quota. */
  long ahead(long now);
}
