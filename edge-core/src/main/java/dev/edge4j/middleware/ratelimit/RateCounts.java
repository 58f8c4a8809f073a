package dev.edge4j.middleware.ratelimit;

import java.util.Optional;

/** Where a limit gets its decisions. Safe for use by many threads. */
public sealed interface RateCounts permits LocalCounts, LeasedCounts {
  /** How many clients are remembered at a time. */
  int MAX_CLIENTS = 1 << 17;

  /** Counts in this process, exactly, for at most {@link #MAX_CLIENTS}; of more, those that used least are forgotten first. */
  static RateCounts local(RatePolicy policy) {
    return new LocalCounts(policy);
  }

  /**
   * Counts in a store, from which so many tokens are taken at a time and spent here without asking: 1 for an exact count. What this node holds
   * and has not spent is never more than the lease less one, so all nodes together let through at most that much for each of them over
   * the store's bound. A client whom the store has refused is not asked about again until it may be let through.
   *
   * @throws IllegalArgumentException for a lease of less than 1 or more than the policy's burst
   */
  static RateCounts leased(RateStore store, RatePolicy policy, int lease) {
    return new LeasedCounts(store, policy, lease);
  }

  /** Takes one token, without waiting; empty if that cannot be decided here. The time is that of a monotonic clock in nanoseconds. */
  Optional<RateDecision> tryTake(Object client, long nanoTime);

  /** Takes one token, and may wait for it. Throws what the store throws. */
  RateDecision take(Object client, long nanoTime) throws Exception;
}
