package dev.edge4j.examples.shop.chain;

import java.time.Duration;
import java.util.function.Function;

/**
 * A value and the step of the chain that gave it.
 *
 * @param age since it was read from a store of rows; zero if that was now
 * @param degraded true if all that could have given a fresh one failed or was too late
 */
public record Answer<V>(V value, Step step, Duration age, boolean degraded) {
  /** True if it is stale because nobody could give a fresh one; what is being refreshed right now is not worth a word. */
  public boolean isOutOfDate() {
    return degraded && step.isStale();
  }

  /** The same of another value. */
  public <W> Answer<W> map(Function<? super V, ? extends W> change) {
    return new Answer<>(change.apply(value), step, age, degraded);
  }
}
