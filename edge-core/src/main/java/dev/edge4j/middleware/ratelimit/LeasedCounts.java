package dev.edge4j.middleware.ratelimit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts in a store, of which some tokens and all refusals are known here. */
final class LeasedCounts implements RateCounts {
  /** Says in the table: nothing is known. It never leaves this class. */
  private static final RateDecision UNKNOWN = new RateDecision(false, 0, 0, 0);

  /**
   * What the store has told.
   *
   * @param left tokens that are held here; 0 with a decision that refuses
   * @param until when it is over
   */
  private record Lease(int left, long until, RateDecision told) implements RateState {
    @Override
    public long ahead(long now) {
      return until - now;
    }
  }

  private final RateTable table = new RateTable(MAX_CLIENTS);
  private final RateStore store;
  private final RatePolicy policy;
  private final int lease;
  private final long window;

  LeasedCounts(RateStore store, RatePolicy policy, int lease) {
    if (lease < 1 || lease > policy.burst()) {
      throw new IllegalArgumentException("lease: " + lease + " (expected: 1 to the burst, " + policy.burst() + ")");
    }
    this.store = store;
    this.policy = policy;
    this.lease = lease;
    this.window = policy.window().toNanos();
  }

  @Override
  public Optional<RateDecision> tryTake(Object client, long nanoTime) {
    RateDecision known = table.take(client, nanoTime, state -> spend(state, nanoTime));
    return Optional.of(known).filter(decision -> !decision.equals(UNKNOWN));
  }

  private RateAlgorithm.Taken spend(@Nullable RateState state, long now) {
    if (!(state instanceof Lease held) || held.until - now <= 0) {
      return new RateAlgorithm.Taken(UNKNOWN, null);
    }
    RateDecision told = held.told;
    long reset = Math.max(0, told.resetNanos());
    if (!told.allowed()) {
      return new RateAlgorithm.Taken(new RateDecision(false, 0, held.until - now, reset), null);
    }
    if (held.left == 0) {
      return new RateAlgorithm.Taken(UNKNOWN, null);
    }
    return new RateAlgorithm.Taken(new RateDecision(true, told.remaining() + held.left - 1, 0, reset),
        new Lease(held.left - 1, held.until, told));
  }

  /** Fewer tokens, down to one, if there are not as many left. */
  @Override
  public RateDecision take(Object client, long nanoTime) throws Exception {
    String key = policy.name() + ":" + client;
    int tokens = lease;
    RateDecision told = store.take(key, policy, tokens);
    while (!told.allowed() && tokens > 1) {
      tokens = (int) Math.max(1, Math.min(told.remaining(), tokens / 2));
      told = store.take(key, policy, tokens);
    }
    return keep(client, told, tokens - 1, nanoTime);
  }

  private RateDecision keep(Object client, RateDecision told, int spare, long now) {
    return table.take(client, now, state -> {
      if (!told.allowed()) {
        return new RateAlgorithm.Taken(told, new Lease(0, now + told.retryAfterNanos(), told));
      }
      int held = state instanceof Lease before && before.told.allowed() && before.until - now > 0 ? before.left : 0;
      int left = Math.min(lease - 1, held + spare); // several asked at once: what is too much is given up
      return new RateAlgorithm.Taken(new RateDecision(true, told.remaining() + left, 0, told.resetNanos()),
          new Lease(left, left == 0 ? now : now + window, told));
    });
  }
}
