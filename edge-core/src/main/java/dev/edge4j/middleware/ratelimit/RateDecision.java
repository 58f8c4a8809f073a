package dev.edge4j.middleware.ratelimit;

/**
 * What happens to those who asked for some of a quota.
 *
 * @param allowed whether they have what they asked for; if not, nothing was taken
 * @param remaining how many more would be allowed at this moment
 * @param retryAfterNanos nanoseconds until as many would be allowed, if nobody else takes any; 0 if they are
 * @param resetNanos nanoseconds until the quota is full again
 */
public record RateDecision(boolean allowed, long remaining, long retryAfterNanos, long resetNanos) {}
