package dev.edge4j.cache;

import dev.edge4j.cache.shared.Stamp;
import dev.edge4j.cache.shared.Standing;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A value as the memory keeps it, immutable, and the decision what to do with it at one moment.
 *
 * <p>Before {@code quietUntil} a current entry is served and nothing else can happen, so a hit compares one number. It is the
 * earliest of: no longer fresh; due for an eager refresh; so near the expiry that XFetch could begin one; to be compared with the
 * second layer again.
 */
final class Entry<V> {
  static final long NEVER = Long.MAX_VALUE;

  /** {@code -ln(2^-53)}, rounded up: the farthest that the smallest random number but zero reaches. */
  private static final double FARTHEST = 37;

  final @Nullable V value;
  final @Nullable String etag;
  final Times times;
  final Stamp stamp;
  final long quietUntil;

  private final long eagerAt;
  /** Delta times beta of XFetch, in milliseconds. */
  private final double spread;
  /** No refresh before that: the last one failed. */
  private final long pausedUntil;
  private final long recheckAt;
  /** When it came to this process, in the order of {@link Turns}; 0 for what was read from the second layer. */
  private final long turn;

  private Entry(@Nullable V value, @Nullable String etag, Times times, Stamp stamp, long eagerAt, double spread,
      long pausedUntil, long recheckAt, long turn) {
    this.value = value;
    this.etag = etag;
    this.times = times;
    this.stamp = stamp;
    this.eagerAt = eagerAt;
    this.spread = spread;
    this.pausedUntil = pausedUntil;
    this.recheckAt = recheckAt;
    this.turn = turn;
    long early = Math.min(eagerAt, times.freshUntil() - (long) Math.ceil(spread * FARTHEST));
    this.quietUntil = Math.min(Math.min(times.freshUntil(), recheckAt), early);
  }

  /** An entry as it was loaded or read; {@code options} say how early it is refreshed. What is absent is never refreshed early. */
  static <V> Entry<V> of(Optional<V> value, Optional<String> etag, Times times, Stamp stamp, EntryOptions options) {
    long fresh = times.freshUntil() - times.storedAt();
    boolean eager = options.eagerAfter() < 1 && value.isPresent();
    long eagerAt = eager ? times.storedAt() + (long) (fresh * options.eagerAfter()) : NEVER;
    double spread = value.isPresent() ? times.took() * options.xfetchBeta() : 0;
    return new Entry<>(value.orElse(null), etag.orElse(null), times, stamp, eagerAt, spread, 0, NEVER, 0);
  }

  Entry<V> pausedUntil(long at) {
    return new Entry<>(value, etag, times, stamp, eagerAt, spread, at, recheckAt, turn);
  }

  Entry<V> recheckedAt(long at) {
    return new Entry<>(value, etag, times, stamp, eagerAt, spread, pausedUntil, at, turn);
  }

  Entry<V> expired(long now) {
    return new Entry<>(value, etag, times.expired(now), stamp, NEVER, spread, 0, recheckAt, turn);
  }

  /** The same, stale, with that stamp, and with the pause of {@code old} whose place it takes. */
  Entry<V> inPlaceOf(Entry<V> old, Stamp known, long now) {
    return new Entry<>(value, etag, times.expired(now), known, NEVER, spread, old.pausedUntil, old.recheckAt, turn);
  }

  /** The same, come at that turn. */
  Entry<V> at(Turns.Turn comes) {
    return new Entry<>(value, etag, times, stamp, eagerAt, spread, pausedUntil, recheckAt, comes.number());
  }

  /** Whether it came before that; by the clock where its turn is not known. */
  boolean isBefore(Turns.Turn began) {
    return turn > 0 ? turn < began.number() : times.storedAt() < began.millis();
  }

  boolean isOlderThan(Entry<V> other) {
    return (turn > 0 && other.turn > 0) ? turn < other.turn : times.storedAt() < other.times.storedAt();
  }

  Optional<V> found() {
    return Optional.ofNullable(value);
  }

  Duration age(long now) {
    return Duration.ofMillis(Math.max(0, now - times.storedAt()));
  }

  /** Whether its last refresh failed, lately. */
  boolean isPaused(long now) {
    return now < pausedUntil;
  }

  /** Whether it is good but for being due to be compared with the second layer. */
  boolean isUnchecked(long now, Standing standing) {
    return standing == Standing.CURRENT && times.isFresh(now) && now >= recheckAt;
  }

  Use use(long now, Standing standing, DoubleSupplier random) {
    if (standing == Standing.GONE) {
      return Use.NONE;
    }
    if (standing == Standing.CURRENT && times.isFresh(now)) {
      if (now >= recheckAt) {
        return Use.COVER;
      }
      return !isPaused(now) && isEarly(now, random) ? Use.REFRESH : Use.SERVE;
    }
    boolean revalidate = times.mayRevalidate(now);
    if (revalidate || times.mayCover(now)) {
      return isPaused(now) ? Use.SERVE : revalidate ? Use.REFRESH : Use.COVER;
    }
    return Use.NONE;
  }

  /** Whether it may stand in for a load that failed or is slow. */
  boolean covers(long now, Standing standing) {
    return switch (standing) {
      case CURRENT -> times.isFresh(now) || times.mayCover(now);
      case EXPIRED -> times.mayCover(now);
      default -> false;
    };
  }

  private boolean isEarly(long now, DoubleSupplier random) {
    if (now >= eagerAt) {
      return true;
    }
    return spread > 0 && now - spread * Math.log(random.getAsDouble()) >= times.freshUntil();
  }
}
