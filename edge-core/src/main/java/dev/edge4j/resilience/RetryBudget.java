package dev.edge4j.resilience;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * How many retries a dependency may be asked for: a share of the requests it gets, and a few a second beside, so that who asks rarely may
 * retry at all. Retries by count alone multiply the load of a dependency that is overloaded already; by this budget they add a tenth to it.
 *
 * <p>In any stretch of time of L seconds at most {@code share * requests + perSecond * L + burst} retries are allowed, where the burst is
 * what {@value #BURST_SECONDS} seconds restore, and one at least.
 *
 * <p>Source: Beyer et al., Site Reliability Engineering, chapter 21, "Deciding to Retry". Nobody waits here for anybody. Safe for use by many
 * threads.
 */
public final class RetryBudget {
  static final int BURST_SECONDS = 10;

  private static final long RETRY = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int MOST_PER_SECOND = 100_000;

  /**
   * What is left.
   *
   * @param millionths of a retry
   * @param at until when time has been turned into retries
   */
  private record Balance(long millionths, long at) {}

  private final long earned;
  private final int perSecond;
  private final long most;
  private final LongSupplier nanoTime;
  private final AtomicReference<Balance> balance;

  private RetryBudget(double share, int perSecond, LongSupplier nanoTime) {
    this.earned = Math.round(share * RETRY);
    this.perSecond = perSecond;
    this.most = Math.max(1, (long) perSecond * BURST_SECONDS) * RETRY;
    this.nanoTime = nanoTime;
    this.balance = new AtomicReference<>(new Balance(most, nanoTime.getAsLong()));
  }

  /** A retry for each ten requests, and one a second. */
  public static RetryBudget create() {
    return of(0.1, 1);
  }

  /** {@link IllegalArgumentException} for a share outside of 0 to 1, or a number outside of 0 to 100,000. */
  public static RetryBudget of(double share, int perSecond) {
    return of(share, perSecond, System::nanoTime);
  }

  /** The same, by a clock of nanoseconds that may wrap. */
  public static RetryBudget of(double share, int perSecond, LongSupplier nanoTime) {
    if (!(share >= 0 && share <= 1) || perSecond < 0 || perSecond > MOST_PER_SECOND) {
      throw new IllegalArgumentException("retries: a share of " + share + " and " + perSecond
          + " a second (expected: 0 to 1, and 0 to " + MOST_PER_SECOND + ")");
    }
    return new RetryBudget(share, perSecond, nanoTime);
  }

  /** A request is made, not counting retries: it earns its share. */
  public void request() {
    balance.updateAndGet(before -> {
      Balance now = refilled(before);
      return new Balance(Math.min(most, now.millionths + earned), now.at);
    });
  }

  /** Takes a retry if there is one left. */
  public boolean tryRetry() {
    while (true) {
      Balance before = balance.get();
      Balance now = refilled(before);
      if (now.millionths < RETRY) {
        return false;
      }
      if (balance.compareAndSet(before, new Balance(now.millionths - RETRY, now.at))) {
        return true;
      }
    }
  }

  private Balance refilled(Balance before) {
    long now = nanoTime.getAsLong();
    long elapsed = Math.min(now - before.at, NANOS_PER_SECOND * BURST_SECONDS);
    long gained = elapsed <= 0 ? 0 : elapsed * perSecond / (NANOS_PER_SECOND / RETRY);
    if (gained == 0) {
      return before; // what is too short to count yet is counted later
    }
    return new Balance(Math.min(most, before.millionths + gained), now);
  }
}
