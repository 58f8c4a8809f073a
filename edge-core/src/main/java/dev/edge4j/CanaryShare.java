package dev.edge4j;

import java.util.function.DoubleSupplier;

/**
 * The share of a {@link Canary} that may change while it runs: {@code Canary.of(stable, next).share(share)}. Safe for use by many threads; a change
 * counts from the next request on.
 */
public final class CanaryShare implements DoubleSupplier {
  private volatile double share;

  private CanaryShare(double share) {
    this.share = share;
  }

  /** Begins with this: 0 is none, 1 all. */
  public static CanaryShare of(double share) {
    return new CanaryShare(Canary.checked(share));
  }

  /** Sends this share of the visitors to the next version from now on. */
  public void set(double newShare) {
    share = Canary.checked(newShare);
  }

  /** Sends all visitors to the stable version from now on. */
  public void rollBack() {
    share = 0;
  }

  @Override
  public double getAsDouble() {
    return share;
  }
}
