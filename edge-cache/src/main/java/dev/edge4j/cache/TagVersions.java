package dev.edge4j.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Versions of tags. A tag's version is 0 until the tag is invalidated, and a new random number each time it is; an entry is good
 * while all its tags have the versions they had when it was loaded. So an invalidation is one write, whatever number of entries
 * it hits. Random numbers, because a key-value store has no counter that two nodes can raise without losing a step, and the clocks
 * of two nodes do not agree; equality needs neither.
 *
 * <p>An entry's tags are known only after the load, but must have been unchanged since before it. That holds if this process
 * knew the tag's version before the load and it is the same after. If it had never met the tag, a version of the whole cache,
 * renewed before the tag's own at every invalidation, must be the same before and after; otherwise the value is served but not
 * stored, and the next load with this tag is sure, because now the tag is known.
 *
 * <p>With a store, versions are read again after {@link #TRUST}: an invalidation by another node is seen within that time. A
 * version that could not be written is written again then; until it is, this process goes by its own.
 */
final class TagVersions {
  /** How long a version read from the store is taken for true. */
  static final Duration TRUST = Duration.ofSeconds(1);

  /** A version must outlive every entry that was loaded before it. */
  private static final Duration KEPT_IN_STORE = CacheBuilder.MAX_LIFETIME.plusDays(1);
  private static final Duration MARGIN = Duration.ofHours(1);
  private static final String OF_TAG = "t";
  private static final String OF_CACHE = "tags";
  private static final long UNREADABLE = -1;

  /** What was true before a load. */
  record Before(long sequence, long ofCache) {}

  /**
   * A version as this process knows it.
   *
   * @param since where {@link #sequence} stood when this process met it
   * @param ours true if this process made it
   * @param unsaved true if the store does not have it yet
   */
  private record Known(long version, long since, boolean ours, long readAt, boolean unsaved) {
    Known readAt(long now, boolean stillUnsaved) {
      return new Known(version, since, ours, now, stillUnsaved);
    }
  }

  private static final Known NEVER = new Known(0, 0, true, Long.MIN_VALUE / 2, false);

  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong longestLife = new AtomicLong();
  private final com.github.benmanes.caffeine.cache.Cache<String, Known> known;
  private final Optional<QuietKv> kv;
  private final InstantSource clock;

  TagVersions(Optional<QuietKv> kv, InstantSource clock) {
    this.kv = kv;
    this.clock = clock;
    this.known = Caffeine.newBuilder()
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .expireAfter(Expiry.<String, Known>writing((_, _) -> Duration.ofMillis(longestLife.get()).plus(MARGIN)))
        .build();
  }

  /** Entries may live that long from now on. */
  void expectLife(Duration life) {
    longestLife.accumulateAndGet(life.toMillis(), Math::max);
  }

  /** Grows with every invalidation that this process makes or hears of. */
  long sequence() {
    return sequence.get();
  }

  Before before() {
    long here = sequence.get();
    return new Before(here, kv.map(store -> stored(store, OF_CACHE)).orElse(0L));
  }

  /** The versions for a new entry; empty if one of the tags may have been invalidated since {@code before}. */
  Optional<Map<String, Long>> stamp(Before before, List<String> tags) {
    Map<String, Long> versions = new HashMap<>();
    boolean sure = true;
    for (String tag : tags) {
      Known now = kv.map(store -> reread(store, tag)).orElseGet(() -> local(tag));
      if (now.since > before.sequence && now.ours) {
        return Optional.empty();
      }
      sure &= now.since <= before.sequence;
      versions.put(tag, now.version);
    }
    boolean quiet = sure || kv.map(store -> stored(store, OF_CACHE)).orElse(0L) == before.ofCache;
    return quiet ? Optional.of(Map.copyOf(versions)) : Optional.empty();
  }

  boolean areCurrent(Map<String, Long> versions) {
    for (Map.Entry<String, Long> tag : versions.entrySet()) {
      if (known(tag.getKey()).version != tag.getValue()) {
        return false;
      }
    }
    return true;
  }

  void renew(String tag) {
    kv.ifPresent(store -> store.put(OF_CACHE, bytes(random()), KEPT_IN_STORE));
    var renewed = new Known(random(), sequence.incrementAndGet(), true, clock.millis(), kv.isPresent());
    known.asMap().merge(tag, renewed, (old, now) -> now.since > old.since ? now : old);
    kv.ifPresent(store -> save(store, tag, renewed));
  }

  private Known known(String tag) {
    Known here = local(tag);
    return kv.isEmpty() || clock.millis() - here.readAt < TRUST.toMillis() ? here
        : reread(kv.get(), tag);
  }

  private Known local(String tag) {
    Known here = known.getIfPresent(tag);
    return here == null ? NEVER : here;
  }

  private Known reread(QuietKv store, String tag) {
    Known here = local(tag);
    if (here.unsaved) {
      return save(store, tag, here);
    }
    long version = stored(store, OF_TAG + KeyText.of(tag));
    return known.asMap().compute(tag, (_, now) -> {
      if (now != null && !now.equals(here)) {
        return now; // renewed, or read by another thread, meanwhile
      }
      long current = version == UNREADABLE ? here.version : version;
      return now != null && now.version == current ? now.readAt(clock.millis(), false)
          : new Known(current, sequence.incrementAndGet(), false, clock.millis(), false);
    });
  }

  private Known save(QuietKv store, String tag, Known here) {
    boolean saved = store.put(OF_TAG + KeyText.of(tag), bytes(here.version), KEPT_IN_STORE);
    Known now = known.asMap()
        .computeIfPresent(tag, (_, old) -> old.version == here.version ? old.readAt(clock.millis(), !saved) : old);
    return now == null ? here : now;
  }

  private static long stored(QuietKv store, String key) {
    return store.get(key).map(found -> found.map(TagVersions::number).orElse(0L)).orElse(UNREADABLE);
  }

  private static long random() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }

  private static byte[] bytes(long version) {
    return ByteBuffer.allocate(Long.BYTES).putLong(version).array();
  }

  private static long number(byte[] bytes) {
    return bytes.length == Long.BYTES ? ByteBuffer.wrap(bytes).getLong() : UNREADABLE;
  }
}
