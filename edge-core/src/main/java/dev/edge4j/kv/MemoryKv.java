package dev.edge4j.kv;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values in memory, for tests and for state that may be lost with the process. Bounded: past its capacity a new key
 * throws {@link IllegalStateException}, once what has expired is swept out; a {@link #putAll} that does not fit stores nothing.
 *
 * <p>Reads never wait; writes run one after another. Versions begin at the time at which the store was made, so a store of a later
 * process goes on above those of this one.
 */
public final class MemoryKv implements VersionedKv {
  private static final int DEFAULT_CAPACITY = 100_000;
  /** Versions per millisecond that later stores stay clear of: 4,096, more than one store writes. */
  private static final int VERSION_BITS = 12;

  private record Stored(KvEntry entry, long expiresAt) {}

  private final ConcurrentSkipListMap<String, Stored> entries = new ConcurrentSkipListMap<>(KvArguments::compareUtf8);
  private final KvWatchers watchers = new KvWatchers();
  private final int capacity;
  private final InstantSource clock;

  /** Guards writes, and what follows. */
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeSet<Stored> expiring = new TreeSet<>(
      Comparator.comparingLong(Stored::expiresAt).thenComparingLong(stored -> stored.entry.version()));
  private int size;
  private long lastVersion;

  /** A store of at most 100,000 keys. */
  public MemoryKv() {
    this(DEFAULT_CAPACITY, InstantSource.system());
  }

  /** A store of at most {@code capacity} keys that reads time from {@code clock}. */
  public MemoryKv(int capacity, InstantSource clock) {
    this.capacity = capacity;
    this.clock = clock;
    this.lastVersion = Math.max(0, clock.millis() << VERSION_BITS);
  }

  @Override
  public Optional<KvEntry> entry(String key) {
    KvArguments.key(key);
    return live(key);
  }

  @Override
  public Map<String, KvEntry> entries(Collection<String> keys) {
    var found = new LinkedHashMap<String, KvEntry>();
    for (String key : KvArguments.bulk(keys)) {
      live(key).ifPresent(entry -> found.put(key, entry));
    }
    return found;
  }

  @Override
  public long put(String key, byte[] value, KvOptions options) {
    KvArguments.key(key);
    byte[] copy = KvArguments.value(value);
    return writing(() -> {
      makeRoom(List.of(key));
      return store(key, copy, options);
    });
  }

  @Override
  public Map<String, Long> putAll(Map<String, byte[]> values, KvOptions options) {
    Map<String, byte[]> copies = KvArguments.bulk(values);
    return writing(() -> {
      makeRoom(copies.keySet());
      var versions = new LinkedHashMap<String, Long>();
      copies.forEach((key, value) -> versions.put(key, store(key, value, options)));
      return versions;
    });
  }

  @Override
  public OptionalLong putIf(String key, long expectedVersion, byte[] value, KvOptions options) {
    KvArguments.key(key);
    KvArguments.expectedVersion(expectedVersion);
    byte[] copy = KvArguments.value(value);
    return writing(() -> {
      if (live(key).map(KvEntry::version).orElse(0L) != expectedVersion) {
        return OptionalLong.empty();
      }
      makeRoom(List.of(key));
      return OptionalLong.of(store(key, copy, options));
    });
  }

  @Override
  public void delete(String key) {
    KvArguments.key(key);
    writing(() -> live(key).isPresent() && remove(key));
  }

  @Override
  public boolean deleteIf(String key, long version) {
    KvArguments.key(key);
    KvArguments.version(version);
    return writing(() -> live(key).filter(entry -> entry.version() == version).isPresent() && remove(key));
  }

  @Override
  public OptionalLong touch(String key, Duration ttl) {
    KvArguments.key(key);
    KvOptions until = KvOptions.expiringAfter(ttl);
    return writing(() -> {
      Optional<KvEntry> found = live(key);
      return found.isEmpty() ? OptionalLong.empty()
          : OptionalLong.of(store(key, found.get().value(), new KvOptions(until.ttl(), Optional.empty(), found.get()
              .metadata())));
    });
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return items(prefix, after, KvArguments.listLimit(limit)).stream().map(KvPage.Item::key).toList();
  }

  @Override
  public KvPage page(String prefix, String cursor, int limit) {
    KvArguments.pageLimit(limit);
    return KvPage.of(items(prefix, KvCursor.key(prefix, cursor), limit + 1), limit);
  }

  @Override
  public Subscription watch(String prefix, Consumer<KvChange> listener) {
    return watchers.add(prefix, listener);
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public void close() {
    watchers.close();
    writing(() -> {
      entries.clear();
      expiring.clear();
      size = 0;
      return size;
    });
  }

  private List<KvPage.Item> items(String prefix, String after, int limit) {
    KvArguments.prefix(prefix);
    KvArguments.prefix(after);
    String from = KvArguments.compareUtf8(prefix, after) > 0 ? prefix : after;
    long now = clock.millis();
    var items = new ArrayList<KvPage.Item>();
    for (Stored stored : entries.tailMap(from, true).values()) {
      KvEntry entry = stored.entry;
      if (items.size() == limit || !entry.key().startsWith(prefix)) {
        break;
      }
      if (stored.expiresAt > now && !entry.key().equals(after)) {
        items.add(new KvPage.Item(entry.key(), entry.expiresAt(), entry.metadata()));
      }
    }
    return items;
  }

  private Optional<KvEntry> live(String key) {
    Stored stored = entries.get(key);
    return stored == null || stored.expiresAt <= clock.millis() ? Optional.empty() : Optional.of(stored.entry);
  }

  private <T> T writing(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private long store(String key, byte[] value, KvOptions options) {
    Instant now = clock.instant();
    long expiresAt = options.expiryMillis(now);
    var entry = new KvEntry(key, value, options.metadata(), ++lastVersion, KvArguments.expiry(expiresAt));
    var stored = new Stored(entry, expiresAt);
    Stored old = entries.put(key, stored);
    size += old == null ? 1 : 0;
    forget(old);
    if (expiresAt != KvArguments.NEVER) {
      expiring.add(stored);
    }
    watchers.tell(KvChange.put(key));
    return entry.version();
  }

  private boolean remove(String key) {
    forget(entries.remove(key));
    size--;
    watchers.tell(KvChange.deleted(key));
    return true;
  }

  private void forget(@Nullable Stored old) {
    if (old != null && old.expiresAt != KvArguments.NEVER) {
      expiring.remove(old);
    }
  }

  /** Throws if the keys that are new among these have no room, and has stored nothing then. */
  private void makeRoom(Collection<String> keys) {
    long now = clock.millis();
    while (!expiring.isEmpty() && expiring.first().expiresAt <= now) {
      entries.remove(expiring.removeFirst().entry.key());
      size--;
    }
    long fresh = keys.stream().filter(key -> !entries.containsKey(key)).count();
    if (size + fresh > capacity) {
      throw new IllegalStateException("the store is full: " + capacity + " keys");
    }
  }
}
