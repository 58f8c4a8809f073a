package dev.edge4j.resilience;

/**
 * How much a request matters when not all can be served: each may use only its share of a limit, so what matters less is refused first.
 *
 * <p>Source: Beyer et al., Site Reliability Engineering, chapter 21, "Criticality".
 */
public enum Priority {
  /** Visitors notice at once: all of the limit. */
  CRITICAL(1),
  /** The usual: nine tenths of it. */
  NORMAL(0.9),
  /** Can be asked again later, prefetches and batches say: half of it. */
  SHEDDABLE(0.5);

  private final double share;

  Priority(double share) {
    this.share = share;
  }

  /** Its share of the limit, more than 0 and at most 1. */
  public double share() {
    return share;
  }
}
