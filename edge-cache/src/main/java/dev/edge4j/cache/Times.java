package dev.edge4j.cache;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When an entry is what. All times are milliseconds since 1970, because the second layer is shared by nodes.
 *
 * @param storedAt when it was loaded
 * @param freshUntil from here on it is stale
 * @param revalidateUntil until then it is served stale at once while it is refreshed
 * @param coverUntil until then it is served stale if its load fails
 * @param took how long its load took
 */
record Times(long storedAt, long freshUntil, long revalidateUntil, long coverUntil, long took) {

  /** Of a value that is loaded now; its freshness is cut by a random share of the jitter. */
  static Times loaded(long now, Duration freshFor, EntryOptions options, long took, DoubleSupplier random) {
    double cut = options.jitter() == 0 ? 0 : options.jitter() * random.getAsDouble();
    long freshUntil = now + (long) (freshFor.toMillis() * (1 - cut));
    return new Times(now, freshUntil, freshUntil + options.staleWhileRevalidate().toMillis(),
        freshUntil + options.staleIfError().toMillis(), took);
  }

  /** Of the knowledge that there is no value. */
  static Times absent(long now, Duration negativeFor, long took) {
    long until = now + negativeFor.toMillis();
    return new Times(now, until, until, until, took);
  }

  /** The same, stale from now on. Its windows of staleness are as long as they were. */
  Times expired(long now) {
    long earlier = Math.max(0, freshUntil - now);
    return new Times(storedAt, freshUntil - earlier, revalidateUntil - earlier, coverUntil - earlier, took);
  }

  boolean isFresh(long now) {
    return now < freshUntil;
  }

  /** Whether it may be served stale at once, if it is not fresh. */
  boolean mayRevalidate(long now) {
    return now < revalidateUntil && revalidateUntil > freshUntil;
  }

  /** Whether it may be served stale in place of an error, if it is not fresh. */
  boolean mayCover(long now) {
    return now < coverUntil && coverUntil > freshUntil;
  }

  /** From here on it is as good as gone. */
  long goneAt() {
    return Math.max(revalidateUntil, coverUntil);
  }
}
