package dev.edge4j.middleware.ratelimit;

import java.util.Optional;

/** Counts in this process. */
final class LocalCounts implements RateCounts {
  private final RateTable table = new RateTable(MAX_CLIENTS);
  private final RateAlgorithm algorithm;

  LocalCounts(RatePolicy policy) {
    this.algorithm = RateAlgorithm.of(policy);
  }

  @Override
  public Optional<RateDecision> tryTake(Object client, long nanoTime) {
    return Optional.of(take(client, nanoTime));
  }

  @Override
  public RateDecision take(Object client, long nanoTime) {
    return table.take(client, nanoTime, state -> algorithm.take(state, 1, nanoTime));
  }
}
