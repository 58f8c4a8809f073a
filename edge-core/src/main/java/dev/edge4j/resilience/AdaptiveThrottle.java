package dev.edge4j.resilience;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Refuses, on the caller's side, a part of the requests to a dependency that refuses many: with {@code requests} and {@code accepted} of the last
 * two minutes, each with probability {@code max(0, (requests - 2 * accepted) / (requests + 1))}. So a dependency that takes half of what it
 * gets is left alone, one that takes a tenth gets a fifth, and one that is back gets more at once. Where a breaker would flap between all
 * and nothing, as before a pool of servers of which some are overloaded, this bends.
 *
 * <p>Source: Beyer et al., Site Reliability Engineering, chapter 21, "Client-Side Throttling". Nobody waits here for anybody. Safe for use by many
 * threads.
 */
public final class AdaptiveThrottle {
  private static final Duration WINDOW = Duration.ofMinutes(2);
  private static final double TOLERANCE = 2;
  private static final int REQUESTS = 0;
  private static final int ACCEPTED = 1;
  private static final int KINDS = 2;

  private final LongSupplier nanoTime;
  private final DoubleSupplier random;
  private final SlidingWindow window;

  private AdaptiveThrottle(LongSupplier nanoTime, DoubleSupplier random) {
    this.nanoTime = nanoTime;
    this.random = random;
    this.window = new SlidingWindow(KINDS, WINDOW, nanoTime.getAsLong());
  }

  /** One for a dependency of which nothing is known yet: it lets all through. */
  public static AdaptiveThrottle create() {
    return of(System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
  }

  /** The same, by a clock of nanoseconds that may wrap, and numbers from 0 to 1, that one excluded. */
  public static AdaptiveThrottle of(LongSupplier nanoTime, DoubleSupplier random) {
    return new AdaptiveThrottle(nanoTime, random);
  }

  /** Whether the next request may be made. Count its end with {@link #accepted}, if it was that; whoever is refused here counts too. */
  public boolean tryRequest() {
    long now = nanoTime.getAsLong();
    double refusal = refusal(now);
    window.count(REQUESTS, now);
    return refusal <= 0 || random.getAsDouble() >= refusal;
  }

  /** The dependency has done what was asked, or at least has not refused it for want of capacity. */
  public void accepted() {
    window.count(ACCEPTED, nanoTime.getAsLong());
  }

  /** The probability with which a request is refused now, from 0 to 1. */
  public double refusal() {
    return refusal(nanoTime.getAsLong());
  }

  private double refusal(long now) {
    int requests = window.sum(REQUESTS, now);
    return Math.max(0, (requests - TOLERANCE * window.sum(ACCEPTED, now)) / (requests + 1));
  }
}
