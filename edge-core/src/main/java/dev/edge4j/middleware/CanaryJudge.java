package dev.edge4j.middleware;

/**
 * Whether the next version of an application does worse than the stable one, by more than chance and more than a margin. A pure decision: of two
 * shares of bad requests, by the one-sided test {@code (bad(next) - bad(stable) - margin) / deviation > 4}, with a bad and a good request
 * added to each so that none out of a few is not taken for none at all.
 *
 * <p>4 deviations are a false alarm in 30,000 decisions of equals; they are many because the question is asked again and again.
 *
 * <p>Source: Agresti and Caffo, The American Statistician 54 (2000).
 *
 * @param least requests that each version must have seen before anything is decided
 * @param margin how much larger the share of bad requests may be, 0 to 1
 */
public record CanaryJudge(int least, double margin) {
  private static final double DEVIATIONS = 4;

  /** Refuses nonsense. */
  public CanaryJudge {
    if (least < 1) {
      throw new IllegalArgumentException("least: " + least + " (expected: 1 or more)");
    }
    if (!(margin >= 0 && margin <= 1)) {
      throw new IllegalArgumentException("margin: " + margin + " (expected: 0 to 1)");
    }
  }

  /** After 100 requests to each, by more than one of a hundred. */
  public static CanaryJudge defaults() {
    return new CanaryJudge(100, 0.01);
  }

  /**
   * What one version has done.
   *
   * @param requests how many it has answered
   * @param failed how many of them with 500 or more
   * @param slow how many of them late
   */
  public record Outcome(long requests, long failed, long slow) {}

  /** True if the next version fails more often, or is late more often. */
  public boolean isWorse(Outcome stable, Outcome next) {
    boolean enough = stable.requests >= least && next.requests >= least;
    return enough && (isWorse(stable.failed, stable.requests, next.failed, next.requests)
        || isWorse(stable.slow, stable.requests, next.slow, next.requests));
  }

  private boolean isWorse(long stableBad, long stableAll, long nextBad, long nextAll) {
    double stable = (stableBad + 1.0) / (stableAll + 2.0);
    double next = (nextBad + 1.0) / (nextAll + 2.0);
    double variance = stable * (1 - stable) / (stableAll + 2.0) + next * (1 - next) / (nextAll + 2.0);
    return next - stable - margin > DEVIATIONS * Math.sqrt(variance);
  }
}
