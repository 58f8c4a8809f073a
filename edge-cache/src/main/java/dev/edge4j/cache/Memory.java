package dev.edge4j.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToIntBiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The first layer: entries in this process, bounded by W-TinyLFU. Who reads decides by the clock whether an entry is over. The map
 * knows nothing of time: an expiry of its own for each entry costs a second look at a clock and a place in a timer wheel at every
 * hit. What is over is swept out now and then instead, when something is written.
 */
final class Memory<K, V> {
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(30);

  private final com.github.benmanes.caffeine.cache.Cache<K, Entry<V>> entries;
  private final InstantSource clock;
  private final Consumer<K> onGone;
  private final AtomicLong nextSweep;

  /** {@code maximum} entries, or weight if there is a weigher; {@code onEviction} hears what had to go for room, {@code onGone} what was over. */
  Memory(long maximum, Optional<ToIntBiFunction<? super K, ? super V>> weigher, InstantSource clock,
      Consumer<K> onEviction, Consumer<K> onGone) {
    this.clock = clock;
    this.onGone = onGone;
    this.nextSweep = new AtomicLong(clock.millis() + SWEEP_EVERY.toMillis());
    Caffeine<K, Entry<V>> builder = Caffeine.newBuilder().evictionListener((key, _, _) -> {
      if (key != null) {
        onEviction.accept(key);
      }
    });
    this.entries = weigher
        .map(weightOf -> builder.maximumWeight(maximum)
            .<K, Entry<V>>weigher((key, entry) -> weight(weightOf, key, entry)))
        .orElseGet(() -> builder.maximumSize(maximum))
        .build();
  }

  private static <K, V> int weight(ToIntBiFunction<? super K, ? super V> weightOf, K key, Entry<V> entry) {
    return entry.value == null ? 1 : weightOf.applyAsInt(key, entry.value);
  }

  /** For {@link Hits}. */
  com.github.benmanes.caffeine.cache.Cache<K, Entry<V>> entries() {
    return entries;
  }

  @Nullable
  Entry<V> get(K key) {
    return entries.getIfPresent(key);
  }

  /**
   * Replaces the entry of a key by what {@code change} makes of it, atomically for this key; null stands for no entry, both ways.
   */
  void update(K key, UnaryOperator<@Nullable Entry<V>> change) {
    entries.asMap().compute(key, (_, old) -> change.apply(old));
    long due = nextSweep.get();
    long now = clock.millis();
    if (now >= due && nextSweep.compareAndSet(due, now + SWEEP_EVERY.toMillis())) {
      Thread.ofVirtual().name("cache-sweep").start(this::sweep);
    }
  }

  private void sweep() {
    long now = clock.millis();
    entries.asMap().forEach((key, seen) -> {
      if (seen.times.goneAt() <= now) {
        entries.asMap().computeIfPresent(key, (_, entry) -> {
          if (entry.times.goneAt() > now) {
            return entry;
          }
          onGone.accept(key);
          return null;
        });
      }
    });
  }

  /** How many entries it holds, those included that are over. */
  long size() {
    entries.cleanUp();
    return entries.estimatedSize();
  }
}
