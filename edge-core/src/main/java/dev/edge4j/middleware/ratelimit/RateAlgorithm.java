package dev.edge4j.middleware.ratelimit;

import org.jspecify.annotations.Nullable;

/** An algorithm, pure: from a client's state, if there is one, to a decision and the state from then on. */
sealed interface RateAlgorithm permits Gcra, SlidingWindow {
  /** A decision, and the client's state from then on; no state if nothing changes. */
  record Taken(RateDecision decision, @Nullable RateState state) {}

  /** Decides about so many tokens at once, all or none. */
  Taken take(@Nullable RateState state, int tokens, long now);

  static RateAlgorithm of(RatePolicy policy) {
    return switch (policy.algorithm()) {
      case GCRA -> Gcra.of(policy);
      case SLIDING_WINDOW -> SlidingWindow.of(policy);
    };
  }
}
