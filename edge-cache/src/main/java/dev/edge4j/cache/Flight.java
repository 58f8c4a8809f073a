package dev.edge4j.cache;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One load of one key, shared by everybody who asks for it meanwhile. Before its end it may answer with a stale value, or offer one
 * to those who will not wait.
 */
final class Flight<K, V> {
  private sealed interface Outcome<V> {
    record Landed<V>(Landing<V> landing) implements Outcome<V> {}

    record Failed<V>(Throwable cause) implements Outcome<V> {}
  }

  private final K key;
  private final long began;
  private final @Nullable Entry<V> refreshes;
  private final AtomicReference<@Nullable Outcome<V>> outcome = new AtomicReference<>();
  private final Set<Waiter<V>> waiters = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Landing<V> early;
  private volatile @Nullable Landing<V> cover;
  private volatile @Nullable Entry<V> kept;
  private volatile OptionalLong version = OptionalLong.empty();
  private volatile boolean degraded;
  private volatile boolean superseded;
  private volatile boolean expired;

  /**
   * A flight that begins at that point of {@link dev.edge4j.cache.shared.TagVersions#sequence}.
   *
   * @param refreshes the entry that it is to replace in the background; null if somebody waits for it
   */
  Flight(K key, long began, @Nullable Entry<V> refreshes) {
    this.key = key;
    this.began = began;
    this.refreshes = refreshes;
  }

  K key() {
    return key;
  }

  long began() {
    return began;
  }

  /** Whether nobody has to wait for it. */
  boolean isRefresh() {
    return refreshes != null || early != null;
  }

  /** Whether it was begun to replace this very entry, however fresh that is. */
  boolean isRefreshOf(Entry<V> entry) {
    return refreshes == entry;
  }

  /** A stale value for all who wait, and all who join while it may be served. */
  void landEarly(Landing<V> stale) {
    early = stale;
    waiters.forEach(waiter -> waiter.landEarly(stale));
  }

  /** A stale value for those who will not wait. */
  void offer(Landing<V> stale) {
    cover = stale;
    waiters.forEach(waiter -> waiter.offer(stale));
  }

  /** What was offered is gone after all. */
  void retract() {
    cover = null;
    waiters.forEach(Waiter::retract);
  }

  /** A stale value in the place of the one that it has given or offered, if that is older. */
  void renew(Entry<V> stale) {
    Landing<V> given = early;
    if (given != null && given.entry().isOlderThan(stale)) {
      landEarly(new Landing<>(stale, Layer.L1, false, isDegraded()));
    }
    Landing<V> offered = cover;
    if (offered != null && offered.entry().isOlderThan(stale)) {
      offer(new Landing<>(stale, Layer.L1, false, true));
    }
  }

  /** The end. */
  void land(Landing<V> landing) {
    if (outcome.compareAndSet(null, new Outcome.Landed<>(landing))) {
      waiters.forEach(waiter -> waiter.land(landing));
    }
  }

  /** The end, without a value. */
  void fail(Throwable cause) {
    if (outcome.compareAndSet(null, new Outcome.Failed<>(cause))) {
      waiters.forEach(waiter -> waiter.fail(cause));
    }
  }

  /** The stale value that it has given or offered so far. */
  Optional<Landing<V>> stale() {
    return Optional.ofNullable(early).or(() -> Optional.ofNullable(cover));
  }

  /** An entry that may not be served any more, but compared with. */
  void keep(Entry<V> entry) {
    kept = entry;
  }

  /** The entry that it is to replace, if there is one. */
  Optional<Entry<V>> previous() {
    return stale().map(Landing::entry).or(() -> Optional.ofNullable(refreshes)).or(() -> Optional.ofNullable(kept));
  }

  /** What it loads from here on is stored only if its key has that version in the second layer; not at all if it is empty. */
  void found(OptionalLong keyVersion) {
    version = keyVersion;
  }

  OptionalLong version() {
    return version;
  }

  /** Something has failed on its way. */
  void degrade() {
    degraded = true;
  }

  boolean isDegraded() {
    return degraded;
  }

  boolean hasEnded() {
    return outcome.get() != null;
  }

  /** Whoever waits is told what comes, and what has come already. */
  void join(Waiter<V> waiter) {
    waiters.add(waiter);
    Landing<V> offered = cover;
    if (offered != null) {
      waiter.offer(offered);
    }
    Landing<V> given = early;
    if (given != null) {
      waiter.landEarly(given);
    }
    switch (outcome.get()) {
      case Outcome.Landed<V>(Landing<V> landing) -> waiter.land(landing);
      case Outcome.Failed<V>(Throwable cause) -> waiter.fail(cause);
      case null -> {
      }
    }
  }

  void leave(Waiter<V> waiter) {
    waiters.remove(waiter);
  }

  /** What it loads may no longer be stored. */
  void supersede() {
    superseded = true;
  }

  /** The same, but for being the newest that can stand in for a load that fails. */
  void expire() {
    expired = true;
  }

  boolean isSuperseded() {
    return superseded || expired;
  }

  /** Whether what it loads may at least stand in: it is not superseded, or for no other reason than that its key has expired. */
  boolean mayStandIn() {
    return !superseded;
  }
}
