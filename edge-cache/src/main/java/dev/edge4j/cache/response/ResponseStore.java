package dev.edge4j.cache.response;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.edge4j.cache.http.CacheRules;
import dev.edge4j.cache.http.StoredResponse;
import dev.edge4j.http.Request;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stored responses in memory, bounded by bytes, and behind it in a key-value store, if there is one. Safe for use by many threads. */
final class ResponseStore {
  private static final int STRIPES = 64;
  private static final int SLOTS = 1 << 14;

  private final Optional<KvLayer> kv;
  private final CacheRules rules;
  private final InstantSource clock;
  private final Cache<String, Entry> cache;
  private final ConcurrentMap<String, Entry> memory;
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
  private final AtomicLong sequence = new AtomicLong();
  /** Where the sequence stood when a target was last forgotten. Two that share a slot cost each other a response that is not stored. */
  private final AtomicLongArray forgotten = new AtomicLongArray(SLOTS);
  /** The same of what this node forgets by itself, in the store too, and not because another node has said so. */
  private final AtomicLongArray purged = new AtomicLongArray(SLOTS);
  /** Targets that were invalidated in memory and not yet in the store, and since when: as many as are being purged at once. */
  private final ConcurrentMap<String, Long> invalid = new ConcurrentHashMap<>();

  ResponseStore(Optional<KvLayer> kv, CacheRules rules, long maxBytes, InstantSource clock, Counters counters) {
    this.kv = kv;
    this.rules = rules;
    this.clock = clock;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
    this.cache = Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .<String, Entry>weigher((key, entry) -> entry.weight(key))
        .evictionListener((@Nullable String key, @Nullable Entry _, RemovalCause _) -> counters.add(
            ResponseEvent.EVICTED, key == null ? "" : key))
        .build();
    this.memory = cache.asMap();
  }

  boolean hasKv() {
    return kv.isPresent();
  }

  /** What memory has; never waits. */
  Entry near(String primary) {
    return memory.getOrDefault(primary, Entry.EMPTY);
  }

  /** What the store has for a request. May wait. */
  Optional<Variant> far(String primary, Request request) {
    purge(primary);
    return kv.flatMap(store -> store.find(primary, request));
  }

  /** Takes a response into memory, newest first; false if the target was forgotten since {@link #sequence} stood there. */
  boolean remember(String primary, Variant added, long since) {
    boolean[] kept = {false};
    memory.compute(primary, (_, old) -> {
      if (isForgottenSince(primary, since)) {
        return old;
      }
      kept[0] = true;
      Entry before = old == null ? Entry.EMPTY : old;
      List<Variant> variants = new ArrayList<>();
      variants.add(added);
      for (StoredResponse other : rules.beside(added.stored(), before.responses())) {
        Variant variant = before.variant(other);
        if (variant != null && variant != added) {
          variants.add(variant);
        }
      }
      return Entry.of(variants);
    });
    return kept[0];
  }

  /** Writes a response to the store, unless the target was forgotten since. May wait. */
  void save(String primary, Variant variant, long since) {
    if (kv.isEmpty()) {
      return;
    }
    ReentrantLock stripe = stripe(primary);
    stripe.lock(); // two variants at once would each begin a generation; who waits here is a virtual thread
    try {
      purgeLocked(primary);
      if (!isForgottenSince(primary, since)) {
        kv.get().save(primary, variant, clock.instant(), () -> isForgottenSince(primary, since));
      }
    } finally {
      stripe.unlock();
    }
  }

  /** Puts another variant in the place of one, if that is still there; none removes it. */
  void replace(String primary, Variant old, Optional<Variant> instead) {
    memory.computeIfPresent(primary, (_, entry) -> {
      Entry left = entry.without(old, instead);
      return left.variants().isEmpty() ? null : left;
    });
  }

  /** Changes all variants that memory has of a target; what becomes empty goes. */
  List<Variant> change(String primary, UnaryOperator<List<Variant>> change) {
    Entry changed = memory.computeIfPresent(primary, (_, entry) -> {
      List<Variant> left = change.apply(entry.variants());
      return left.isEmpty() ? null : Entry.of(left);
    });
    return changed == null ? List.of() : changed.variants();
  }

  /** Forgets a target in memory at once; {@link #purge} has to follow. */
  void forget(String primary) {
    if (kv.isPresent()) {
      long now = sequence.incrementAndGet();
      invalid.put(primary, now);
      purged.accumulateAndGet(slot(primary), now, Math::max);
    }
    drop(primary);
  }

  /** Forgets a target in memory alone, for another node has seen to the store. */
  void drop(String primary) {
    memory.compute(primary, (_, _) -> {
      forgotten.set(slot(primary), sequence.incrementAndGet());
      return null;
    });
  }

  /** Grows with every target that is forgotten. */
  long sequence() {
    return sequence.get();
  }

  /** True if the target was forgotten after the sequence stood there: what was fetched since then may be outdated. */
  boolean isForgottenSince(String primary, long before) {
    return forgotten.get(slot(primary)) > before;
  }

  /** True if this node has purged the target after the sequence stood there: what was in the store by then goes, or has gone. */
  boolean isPurgedSince(String primary, long before) {
    return purged.get(slot(primary)) > before;
  }

  /** Forgets a target in the store, if it is to be; what fails there is done when it answers, and not found until then. May wait. */
  void purge(String primary) {
    if (!invalid.containsKey(primary)) {
      return;
    }
    ReentrantLock stripe = stripe(primary);
    stripe.lock();
    try {
      purgeLocked(primary);
    } finally {
      stripe.unlock();
    }
  }

  /** Once more, whatever was done before: see {@link Purge#target}. May wait. */
  void purgeAgain(String primary) {
    if (kv.isPresent()) {
      invalid.putIfAbsent(primary, sequence.incrementAndGet());
      purge(primary);
    }
  }

  /** Writes down what is used most, for {@link #hot}. */
  void saveHot(int most) {
    kv.ifPresent(store -> cache.policy().eviction().ifPresent(eviction -> {
      List<KvLayer.Hot> hot = new ArrayList<>();
      for (Map.Entry<String, Entry> entry : eviction.hottest(most).entrySet()) {
        for (Variant variant : entry.getValue().variants()) {
          hot.add(new KvLayer.Hot(entry.getKey(), variant.stored().variant()));
        }
      }
      store.saveHot(hot);
    }));
  }

  /** What was used most by the last process. May wait. */
  List<KvLayer.Hot> hot() {
    return kv.map(KvLayer::hot).orElse(List.of());
  }

  /** One of them. May wait. */
  Optional<Variant> far(KvLayer.Hot hot) {
    return kv.flatMap(store -> store.find(hot));
  }

  ResponseStats stats(Counters counters) {
    cache.cleanUp();
    long bytes = cache.policy()
        .eviction()
        .flatMap(eviction -> eviction.weightedSize().stream().boxed().findFirst())
        .orElse(0L);
    return new ResponseStats(counters.counts(), cache.estimatedSize(), bytes);
  }

  private void purgeLocked(String primary) {
    Long since = invalid.get(primary);
    if (since != null) {
      boolean _ = kv.orElseThrow().delete(primary); // if it fails it is done later, and nothing is found until then
      invalid.remove(primary, since); // unless it was forgotten once more
    }
  }

  private static int slot(String primary) {
    int hash = primary.hashCode();
    return (hash ^ hash >>> 16) & (SLOTS - 1);
  }

  private ReentrantLock stripe(String primary) {
    return stripes[Math.floorMod(primary.hashCode(), STRIPES)];
  }
}
