package dev.edge4j.cache;

import dev.edge4j.cache.shared.Standing;
import dev.edge4j.cache.shared.TagVersions;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The shortest way to a value, for the calls that are most: it is in memory, fresh, current, and nothing is to be done about it. What it
 * needs of the other parts lies here side by side, because each step from part to part is a load that waits for the one before: together
 * they were a tenth of a hit.
 */
final class Hits<K, V> {
  private final com.github.benmanes.caffeine.cache.Cache<K, Entry<V>> entries;
  private final InstantSource clock;
  private final TagVersions versions;
  private final LongAdder count;
  private final @Nullable Tally<K> told;

  Hits(Memory<K, V> memory, InstantSource clock, TagVersions versions, Tally<K> tally) {
    this.entries = memory.entries();
    this.clock = clock;
    this.versions = versions;
    this.count = tally.hitsL1();
    this.told = tally.isHeard() ? tally : null;
  }

  /** The value; null if there is more to it than that. Allocates nothing. */
  @Nullable
  V get(K key) {
    Entry<V> entry = entries.getIfPresent(key);
    if (entry == null || entry.value == null) {
      return null;
    }
    long now = clock.millis();
    if (now >= entry.quietUntil || versions.standing(entry.stamp, now) != Standing.CURRENT) {
      return null;
    }
    count.increment();
    if (told != null) {
      told.plainHit(key);
    }
    return entry.value;
  }
}
