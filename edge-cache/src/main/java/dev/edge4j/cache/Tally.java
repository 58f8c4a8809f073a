package dev.edge4j.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens, for {@link CacheStats}, and tells the listener if there is one. */
final class Tally<K> {
  private static final Logger LOG = LoggerFactory.getLogger("dev.edge4j.cache");

  private final LongAdder hitsL1 = new LongAdder();
  private final LongAdder hitsL2 = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder staleServed = new LongAdder();
  private final LongAdder coalesced = new LongAdder();
  private final LongAdder timeouts = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder loadFailures = new LongAdder();
  private final LongAdder refreshes = new LongAdder();
  private final LongAdder limited = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder invalidations = new LongAdder();
  private final LongAdder kvFailures = new LongAdder();
  private final @Nullable CacheListener<? super K> listener;

  Tally(Optional<CacheListener<? super K>> listener) {
    this.listener = listener.orElse(null);
  }

  /** For {@link Hits}, which counts its own. */
  LongAdder hitsL1() {
    return hitsL1;
  }

  /** Whether anybody listens. */
  boolean isHeard() {
    return listener != null;
  }

  /** A hit in memory as most are: fresh, and counted. */
  void plainHit(K key) {
    tell(hears -> hears.hit(key, Layer.L1, false));
  }

  void served(K key, Layer layer, boolean stale) {
    switch (layer) {
      case L1 -> hitsL1.increment();
      case L2 -> hitsL2.increment();
      case LOADED -> misses.increment();
    }
    if (stale) {
      staleServed.increment();
    }
    if (layer == Layer.LOADED) {
      tell(hears -> hears.miss(key));
    } else {
      tell(hears -> hears.hit(key, layer, stale));
    }
  }

  void failed(K key) {
    misses.increment();
    tell(hears -> hears.miss(key));
  }

  void degraded(K key) {
    tell(hears -> hears.degraded(key));
  }

  void coalesced() {
    coalesced.increment();
  }

  void timedOut(K key) {
    timeouts.increment();
    tell(hears -> hears.timedOut(key));
  }

  void loading(boolean background) {
    loads.increment();
    if (background) {
      refreshes.increment();
    }
  }

  void loaded(K key, Duration took, boolean background) {
    tell(hears -> hears.loaded(key, took, background));
  }

  void loadFailed(K key, Throwable cause) {
    loadFailures.increment();
    tell(hears -> hears.loadFailed(key, cause));
  }

  void limited(K key, Throwable refusal) {
    limited.increment();
    tell(hears -> hears.loadFailed(key, refusal));
  }

  void evicted(K key) {
    evictions.increment();
    tell(hears -> hears.evicted(key));
  }

  void invalidated(Consumer<CacheListener<? super K>> what) {
    invalidations.increment();
    tell(what);
  }

  void kvFailed() {
    kvFailures.increment();
    tell(CacheListener::kvFailed);
  }

  private void tell(Consumer<CacheListener<? super K>> what) {
    if (listener != null) {
      try {
        what.accept(listener);
      } catch (RuntimeException e) {
        LOG.warn("a listener of a cache failed", e);
      }
    }
  }

  CacheStats snapshot() {
    return new CacheStats(hitsL1.sum(), hitsL2.sum(), misses.sum(), staleServed.sum(), coalesced.sum(), timeouts.sum(),
        loads.sum(), loadFailures.sum(), refreshes.sum(), limited.sum(), evictions.sum(), invalidations.sum(),
        kvFailures.sum());
  }
}
