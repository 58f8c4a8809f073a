package dev.edge4j.cache;

import java.time.Duration;
import java.util.Optional;

/**
 * How values are loaded, kept and refreshed: the same set for a whole cache ({@link CacheBuilder}) and for single calls
 * ({@link Cache#with}). What concerns keeping is that of the call that loads; what concerns waiting is that of the call that waits.
 *
 * @param freshFor how long a value is served as it is
 * @param staleWhileRevalidate how long after that it is served at once while one refresh runs in the background (RFC 5861 section 3)
 * @param staleIfError how long after {@code freshFor} it is served if its load fails or is slow (RFC 5861 section 4)
 * @param refreshPause the least time from a refresh that failed to the next
 * @param negativeFor how long it is remembered that there is no value
 * @param errorFor how long a failed load is remembered where there is no stale value: callers get the same exception
 * @param jitter the share of {@code freshFor}, drawn anew for each value, by which it may be shorter
 * @param eagerAfter the share of {@code freshFor} after which a look-up begins a refresh in the background; 1 for none
 * @param xfetchBeta how early a look-up may begin a refresh by chance, see {@link #withXFetch}; 0 for not at all
 * @param softTimeout how long a look-up waits for a load if there is a stale value to serve
 * @param hardTimeout how long it waits at most
 */
public record EntryOptions(Duration freshFor, Duration staleWhileRevalidate, Duration staleIfError,
    Duration refreshPause, Duration negativeFor, Duration errorFor, double jitter, double eagerAfter, double xfetchBeta,
    Duration softTimeout, Optional<Duration> hardTimeout) {

  /** Refuses negative times and lives over {@link CacheBuilder#MAX_LIFETIME}. */
  public EntryOptions {
    positive("freshFor", freshFor);
    notNegative("staleWhileRevalidate", staleWhileRevalidate);
    notNegative("staleIfError", staleIfError);
    notNegative("refreshPause", refreshPause);
    notNegative("negativeFor", negativeFor);
    notNegative("errorFor", errorFor);
    notNegative("softTimeout", softTimeout);
    hardTimeout.ifPresent(timeout -> positive("hardTimeout", timeout));
    if (!(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException("jitter: " + jitter + " (expected: a share of freshFor, from 0 to below 1)");
    }
    if (!(eagerAfter > 0 && eagerAfter <= 1)) {
      throw new IllegalArgumentException("eagerAfter: " + eagerAfter
          + " (expected: a share of freshFor, over 0 up to 1)");
    }
    if (!(xfetchBeta >= 0 && xfetchBeta <= 100)) {
      throw new IllegalArgumentException("xfetchBeta: " + xfetchBeta + " (expected: 0 to 100)");
    }
    checkLifetime(freshFor);
    checkLifetime(longer(staleWhileRevalidate, staleIfError));
    checkLifetime(freshFor.plus(longer(staleWhileRevalidate, staleIfError)));
    checkLifetime(negativeFor);
    notLonger("refreshPause", refreshPause);
    notLonger("errorFor", errorFor);
  }

  /**
   * Fresh for a minute, never stale, nothing negative remembered, no jitter, XFetch with beta 1, a soft timeout of 100 ms, no hard
   * one, 30 seconds between refreshes that fail.
   */
  public static EntryOptions defaults() {
    return new EntryOptions(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30), Duration.ZERO,
        Duration.ZERO, 0, 1, 1, Duration.ofMillis(100), Optional.empty());
  }

  /** How long a value is kept: while it is fresh, and then while it may be served stale. */
  public Duration lifetime() {
    return freshFor.plus(staleLifetime());
  }

  Duration staleLifetime() {
    return longer(staleWhileRevalidate, staleIfError);
  }

  public EntryOptions withFreshFor(Duration duration) {
    return new EntryOptions(duration, staleWhileRevalidate, staleIfError, refreshPause, negativeFor, errorFor, jitter,
        eagerAfter, xfetchBeta, softTimeout, hardTimeout);
  }

  /** Both windows of staleness alike. */
  public EntryOptions withStaleFor(Duration duration) {
    return withStaleWhileRevalidate(duration).withStaleIfError(duration);
  }

  public EntryOptions withStaleWhileRevalidate(Duration duration) {
    return new EntryOptions(freshFor, duration, staleIfError, refreshPause, negativeFor, errorFor, jitter, eagerAfter,
        xfetchBeta, softTimeout, hardTimeout);
  }

  public EntryOptions withStaleIfError(Duration duration) {
    return new EntryOptions(freshFor, staleWhileRevalidate, duration, refreshPause, negativeFor, errorFor, jitter,
        eagerAfter, xfetchBeta, softTimeout, hardTimeout);
  }

  public EntryOptions withRefreshPause(Duration duration) {
    return new EntryOptions(freshFor, staleWhileRevalidate, staleIfError, duration, negativeFor, errorFor, jitter,
        eagerAfter, xfetchBeta, softTimeout, hardTimeout);
  }

  public EntryOptions withNegativeFor(Duration duration) {
    return new EntryOptions(freshFor, staleWhileRevalidate, staleIfError, refreshPause, duration, errorFor, jitter,
        eagerAfter, xfetchBeta, softTimeout, hardTimeout);
  }

  public EntryOptions withErrorFor(Duration duration) {
    return new EntryOptions(freshFor, staleWhileRevalidate, staleIfError, refreshPause, negativeFor, duration, jitter,
        eagerAfter, xfetchBeta, softTimeout, hardTimeout);
  }

  public EntryOptions withJitter(double share) {
    return new EntryOptions(freshFor, staleWhileRevalidate, staleIfError, refreshPause, negativeFor, errorFor, share,
        eagerAfter, xfetchBeta, softTimeout, hardTimeout);
  }

  public EntryOptions withEagerAfter(double share) {
    return new EntryOptions(freshFor, staleWhileRevalidate, staleIfError, refreshPause, negativeFor, errorFor, jitter,
        share, xfetchBeta, softTimeout, hardTimeout);
  }

  /**
   * A look-up begins a refresh in the background when {@code now - delta * beta * ln(random) >= expiry}, where delta is the time
   * that the load took: the nearer the expiry and the dearer the load, the likelier, so that about one of many readers begins it
   * and no two nodes need to agree. Beta over 1 is earlier, below 1 later, 0 turns it off.
   *
   * <p>Source: Vattani, Chierichetti, Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015.
   */
  public EntryOptions withXFetch(double beta) {
    return new EntryOptions(freshFor, staleWhileRevalidate, staleIfError, refreshPause, negativeFor, errorFor, jitter,
        eagerAfter, beta, softTimeout, hardTimeout);
  }

  public EntryOptions withSoftTimeout(Duration timeout) {
    return new EntryOptions(freshFor, staleWhileRevalidate, staleIfError, refreshPause, negativeFor, errorFor, jitter,
        eagerAfter, xfetchBeta, timeout, hardTimeout);
  }

  public EntryOptions withHardTimeout(Duration timeout) {
    return new EntryOptions(freshFor, staleWhileRevalidate, staleIfError, refreshPause, negativeFor, errorFor, jitter,
        eagerAfter, xfetchBeta, softTimeout, Optional.of(timeout));
  }

  static void checkLifetime(Duration lifetime) {
    if (lifetime.compareTo(CacheBuilder.MAX_LIFETIME) > 0) {
      throw new IllegalArgumentException("lifetime of a cached value: " + lifetime + " (expected: at most "
          + CacheBuilder.MAX_LIFETIME + ")");
    }
  }

  static void positive(String what, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(what + ": " + duration + " (expected: a positive duration)");
    }
  }

  private static void notNegative(String what, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(what + ": " + duration + " (expected: zero or more)");
    }
  }

  static void notLonger(String what, Duration duration) {
    if (duration.compareTo(CacheBuilder.MAX_LIFETIME) > 0) {
      throw new IllegalArgumentException(what + ": " + duration + " (expected: at most " + CacheBuilder.MAX_LIFETIME
          + ")");
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
