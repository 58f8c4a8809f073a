package dev.edge4j.middleware.ratelimit;

import dev.edge4j.TimeSource;

/** A store for tests that stands for one that nodes share: counts exactly, by a clock of its own. */
public final class SharedRates implements RateStore {
  private final RateTable table = new RateTable(1 << 10);
  private final TimeSource time;

  public SharedRates(TimeSource time) {
    this.time = time;
  }

  @Override
  public RateDecision take(String key, RatePolicy policy, int tokens) {
    long now = time.nanoTime();
    return table.take(key, now, state -> RateAlgorithm.of(policy).take(state, tokens, now));
  }
}
