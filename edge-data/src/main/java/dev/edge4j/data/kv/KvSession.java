package dev.edge4j.data.kv;

import dev.edge4j.kv.KvArguments;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One visitor's view of a store with copies: what he writes he reads, on whatever node his next request is served, as long as his
 * {@link #bookmark} comes with him; and a key that he has written never goes back in time for him. Other visitors are served from
 * copies as before. Safe for use by many threads, but made for one request.
 *
 * <p>Reads that may be old ({@link #entry(String, Duration)}, {@link #entries(Collection, Duration)}) ask the copies first and the
 * store where a copy is too old for this visitor; copies older than {@link KvBookmark#OLDEST_COPY} are not taken. All other calls go
 * to the store. A write that fails may have happened: until no copy from before it can be about, the visitor reads its key from the
 * store.
 */
public final class KvSession extends AroundKv {
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private KvBookmark bookmark;

  private KvSession(VersionedKv kv, KvBookmark bookmark, InstantSource clock) {
    super(kv);
    this.bookmark = bookmark;
    this.clock = clock;
  }

  /** Goes on from a bookmark, {@link KvBookmark#NONE} at first, over a store whose reads may be old: a {@link CachedKv}, say. */
  public static KvSession of(VersionedKv kv, KvBookmark bookmark) {
    return of(kv, bookmark, InstantSource.system());
  }

  /** A session that reads time from {@code clock}. */
  public static KvSession of(VersionedKv kv, KvBookmark bookmark, InstantSource clock) {
    return new KvSession(kv, bookmark, clock);
  }

  /** Up to where the visitor has come: to be handed to him when the request ends, and back with his next. */
  public KvBookmark bookmark() {
    lock.lock();
    try {
      return bookmark;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<KvEntry> entry(String key) {
    return seen(key, store.entry(key));
  }

  @Override
  public Optional<KvEntry> entry(String key, Duration atMost) {
    Duration age = cut(atMost);
    KvBookmark.Need need = bookmark().need(key, age, clock.instant());
    if (need instanceof KvBookmark.Need.Fresh) {
      return entry(key);
    }
    Optional<KvEntry> copy = store.entry(key, age);
    return suffices(copy, need) ? seen(key, copy) : entry(key);
  }

  @Override
  public Map<String, KvEntry> entries(Collection<String> keys) {
    Map<String, KvEntry> found = store.entries(keys);
    found.forEach((key, entry) -> seen(key, Optional.of(entry)));
    return found;
  }

  @Override
  public Map<String, KvEntry> entries(Collection<String> keys, Duration atMost) {
    Duration age = cut(atMost);
    Collection<String> wanted = KvArguments.bulk(keys);
    Map<String, KvEntry> copies = store.entries(wanted, age);
    var tooOld = new ArrayList<String>();
    for (String key : wanted) {
      if (!suffices(Optional.ofNullable(copies.get(key)), bookmark().need(key, age, clock.instant()))) {
        tooOld.add(key);
      }
    }
    Map<String, KvEntry> fresh = tooOld.isEmpty() ? Map.of() : store.entries(tooOld);
    var found = new LinkedHashMap<String, KvEntry>();
    for (String key : wanted) {
      seen(key, Optional.ofNullable((tooOld.contains(key) ? fresh : copies).get(key))).ifPresent(entry -> found.put(key,
          entry));
    }
    return found;
  }

  @Override
  public long put(String key, byte[] value, KvOptions options) {
    long version = super.put(key, value, options);
    wrote(key, version);
    return version;
  }

  @Override
  public Map<String, Long> putAll(Map<String, byte[]> values, KvOptions options) {
    Map<String, Long> versions = super.putAll(values, options);
    versions.forEach(this::wrote);
    return versions;
  }

  /** If the version was another one, the next read of the key is of the store: a copy would give the old version again. */
  @Override
  public OptionalLong putIf(String key, long expectedVersion, byte[] value, KvOptions options) {
    OptionalLong version = super.putIf(key, expectedVersion, value, options);
    version.ifPresentOrElse(number -> wrote(key, number), () -> unsure(key));
    return version;
  }

  @Override
  public void delete(String key) {
    super.delete(key);
    unsure(key);
  }

  @Override
  public boolean deleteIf(String key, long version) {
    boolean deleted = super.deleteIf(key, version);
    unsure(key);
    return deleted;
  }

  @Override
  public OptionalLong touch(String key, Duration ttl) {
    OptionalLong version = super.touch(key, ttl);
    version.ifPresentOrElse(number -> wrote(key, number), () -> unsure(key));
    return version;
  }

  @Override
  public boolean isLocal() {
    return store.isLocal();
  }

  /** Leaves the store open: it is not the session's. */
  @Override
  public void close() {
    // nothing to end
  }

  private static boolean suffices(Optional<KvEntry> copy, KvBookmark.Need need) {
    return switch (need) {
      case KvBookmark.Need.Any _ -> true;
      case KvBookmark.Need.AtLeast(long version) -> copy.filter(entry -> entry.version() >= version).isPresent();
      case KvBookmark.Need.Fresh _ -> false;
    };
  }

  private Optional<KvEntry> seen(String key, Optional<KvEntry> entry) {
    entry.ifPresent(found -> move(before -> before.saw(key, found.version(), clock.instant())));
    return entry;
  }

  @Override
  <T> T write(Collection<String> keys, Supplier<T> write) {
    try {
      return write.get();
    } catch (IllegalArgumentException e) { // refused, so nothing has changed
      throw e;
    } catch (RuntimeException | Error e) {
      keys.forEach(this::unsure);
      throw e;
    }
  }

  private void wrote(String key, long version) {
    move(before -> before.wrote(key, version, clock.instant()));
  }

  private void unsure(String key) {
    move(before -> before.unsure(key, clock.instant()));
  }

  private void move(UnaryOperator<KvBookmark> step) {
    lock.lock();
    try {
      bookmark = step.apply(bookmark);
    } finally {
      lock.unlock();
    }
  }

  private static Duration cut(Duration atMost) {
    KvArguments.atMost(atMost);
    return atMost.compareTo(KvBookmark.OLDEST_COPY) > 0 ? KvBookmark.OLDEST_COPY : atMost;
  }
}
