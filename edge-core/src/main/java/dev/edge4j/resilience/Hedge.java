package dev.edge4j.resilience;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Makes a call a second time if the first is late, and takes the answer that comes first: a cure for the few calls that are slow by bad luck. Late is what 19 of 20
 * calls of the last minute were not; until 20 are known, nothing is late. The second calls are a twentieth of all at most, and one a second beside, so that a dependency that is slow with
 * everybody gets a twentieth more to do and not twice as much.
 *
 * <p>For calls alone that may be made twice: reads. Both run on virtual threads of their own; the loser is interrupted, and if it has a result all the same, it is
 * closed if it is {@link AutoCloseable}. What the first throws before the second is made is thrown; after that what the last of them throws. Have one for each
 * thing that is asked. Safe for use by many threads.
 *
 * <p>Source: Dean and Barroso, "The Tail at Scale", CACM 56(2), 2013.
 */
public final class Hedge {
  private static final double LATE = 0.95;
  private static final int LEAST_KNOWN = 20;
  private static final Duration STRETCH = Duration.ofMinutes(1);
  private static final double SHARE = 0.05;
  private static final int A_SECOND = 1;
  /** How long a quantile is taken for the current one. */
  private static final long READ_AGAIN = TimeUnit.MILLISECONDS.toNanos(100);

  private final RetryBudget budget;
  private final Latencies latencies;
  private final LongSupplier nanoTime;
  private final AtomicLong hedged = new AtomicLong();
  private volatile Late late;

  /** Until when something is late, as it was read then. */
  private record Late(OptionalLong nanos, long read) {}

  private Hedge(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    this.budget = RetryBudget.of(SHARE, A_SECOND, nanoTime);
    this.latencies = new Latencies(STRETCH, now);
    this.late = new Late(OptionalLong.empty(), now);
  }

  /** One that knows nothing yet. */
  public static Hedge create() {
    return of(System::nanoTime);
  }

  /** The same, by a clock of nanoseconds that may wrap. */
  public static Hedge of(LongSupplier nanoTime) {
    return new Hedge(nanoTime);
  }

  /** Makes the call, twice if need be. An interrupt ends both. */
  public <T> T call(Callable<? extends T> call) throws Exception {
    budget.request();
    var race = new Race<T>(call);
    long began = nanoTime.getAsLong();
    try {
      race.start();
      OptionalLong patience = late();
      if (patience.isPresent() && !race.await(patience.getAsLong()) && budget.tryRetry()) {
        hedged.incrementAndGet();
        race.start();
      }
      T result = race.result();
      latencies.add(nanoTime.getAsLong() - began, nanoTime.getAsLong());
      return result;
    } finally {
      race.close();
    }
  }

  /** When a call is late; empty while too few are known. */
  OptionalLong late() {
    Late known = late;
    long now = nanoTime.getAsLong();
    if (known.nanos.isEmpty() || now - known.read > READ_AGAIN) {
      known = new Late(latencies.quantile(LATE, LEAST_KNOWN, now), now);
      late = known;
    }
    return known.nanos;
  }

  /** How many calls were made twice. */
  public long hedged() {
    return hedged.get();
  }
}
