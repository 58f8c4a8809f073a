package dev.edge4j.examples.shop.ops;

import dev.edge4j.CanaryShare;
import dev.edge4j.Gate;
import dev.edge4j.middleware.CanaryJudge;
import dev.edge4j.middleware.CanaryWatch;
import java.time.Duration;
import java.util.Locale;

/** The two versions of the shop: how many visitors see the next one, and who takes it back. Safe for use by many threads. */
public final class Experiment {
  /** Each version must have answered so many; then one of a hundred more that fail or are late is too many. */
  private static final CanaryJudge JUDGE = new CanaryJudge(50, 0.01);
  private static final Duration LATE = Duration.ofSeconds(1);

  private final CanaryShare share;
  private final Breakage breakage = new Breakage();
  private final Monitor monitor;
  private final CanaryWatch watch;

  /** Begins with that share of the visitors on the next version, 0 to 1. */
  public Experiment(double share, Monitor monitor) {
    this.share = CanaryShare.of(share);
    this.monitor = monitor;
    this.watch = CanaryWatch.over(this.share, JUDGE, LATE, (stable, next) -> monitor.event(String.format(Locale.ROOT,
        "the next version was taken back: %d of %d failed and %d were late, of the stable one %d of %d and %d",
        next.failed(), next.requests(), next.slow(), stable.failed(), stable.requests(), stable.slow())));
  }

  /** For {@code Canary.share}. */
  public CanaryShare share() {
    return share;
  }

  /** What the stable version uses. */
  public Gate stable() {
    return watch.stable();
  }

  /** What the next version uses, in front of {@link #breakage}. */
  public Gate next() {
    return watch.next();
  }

  /** Makes the next version fail. */
  public Breakage breakage() {
    return breakage;
  }

  /** Sends so many of a hundred visitors to the next version. {@link IllegalArgumentException} if that is not 0 to 100. */
  void send(int percent) {
    share.set(percent / 100.0);
    monitor.event(percent + " % of the visitors see the next version from now on");
  }

  int percent() {
    return (int) Math.round(share.getAsDouble() * 100);
  }
}
