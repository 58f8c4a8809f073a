package dev.edge4j.data.kv;

import dev.edge4j.TimeSource;
import dev.edge4j.kv.KvArguments;
import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's memory in front of a store: reads that may be {@code atMost} so old are answered from it, entries that are absent
 * included; all other calls go to the store. Safe for use by many threads.
 *
 * <p>How old an answer is counts from before its read of the store began, so {@code atMost} holds whatever happens to messages between
 * nodes. Usually it is far younger: the changes that the store tells ({@link #watch}) drop copies at once, as do the writes through
 * this. A read that begins after a write through this has returned or failed sees that write, whatever {@code atMost} it gives. A
 * write whose outcome is unknown may happen later; a node then learns of it as of a write of another node.
 *
 * <p>One read of the store at a time for a key: those who ask meanwhile wait for it, each no longer than its own deadline
 * ({@link dev.edge4j.data.QueryDeadline}), and get its failure too. A read is not joined by who may not have an answer that old.
 */
public final class CachedKv extends AroundKv {
  private static final int DEFAULT_ENTRIES = 10_000;
  private static final long DEFAULT_BYTES = 64L << 20;
  private static final Duration CENTURY = Duration.ofDays(36_500);

  /**
   * What the memory did so far.
   *
   * @param hits reads answered from memory
   * @param loads reads of the store on behalf of reads that might have been answered from memory
   * @param evictions copies dropped for want of room
   * @param entries copies now
   * @param bytes about what they take
   */
  public record Stats(long hits, long loads, long evictions, int entries, long bytes) {}

  private final TimeSource time;
  private final Subscription changes;

  private final ReentrantLock lock = new ReentrantLock();
  private final KvCopies copies;
  private final Map<String, Load> loading = new HashMap<>();
  private long hits;
  private long loads;

  private CachedKv(VersionedKv store, int maxEntries, long maxBytes, TimeSource time) {
    super(store);
    this.time = time;
    this.copies = new KvCopies(maxEntries, maxBytes);
    this.changes = store.watch("", this::changed);
  }

  /** At most 10,000 copies and 64 MiB in front of a store. */
  public static CachedKv over(VersionedKv store) {
    return over(store, DEFAULT_ENTRIES, DEFAULT_BYTES);
  }

  /** At most that many copies and bytes in front of a store. A value of more than a quarter of the bytes is not kept. */
  public static CachedKv over(VersionedKv store, int maxEntries, long maxBytes) {
    return over(store, maxEntries, maxBytes, TimeSource.system());
  }

  /** A memory that has its time from a source. */
  public static CachedKv over(VersionedKv store, int maxEntries, long maxBytes, TimeSource time) {
    if (maxEntries < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(maxEntries + " entries and " + maxBytes
          + " bytes (expected: at least 1 of each)");
    }
    return new CachedKv(store, maxEntries, maxBytes, time);
  }

  /** What it did so far. */
  public Stats stats() {
    return locked(() -> new Stats(hits, loads, copies.evictions(), copies.size(), copies.bytes()));
  }

  /** Reads the store on the caller's thread, and keeps what it found for others. */
  @Override
  public Optional<KvEntry> entry(String key) {
    KvArguments.key(key);
    long begunAt = time.nanoTime();
    long ticket = locked(() -> copies.ticket(key));
    Optional<KvEntry> found = store.entry(key);
    keep(key, found, begunAt, ticket);
    return found;
  }

  @Override
  public Optional<KvEntry> entry(String key, Duration atMost) {
    KvArguments.key(key);
    if (KvArguments.atMost(atMost).isZero()) {
      return entry(key);
    }
    Load load;
    boolean mine = false;
    lock.lock();
    try {
      KvCopies.Copy copy = find(key, nanos(atMost));
      if (copy != null) {
        return copy.entry();
      }
      load = loading.get(key);
      if (load == null || time.nanoTime() - load.begunAt() > nanos(atMost)) {
        load = new Load(time.nanoTime(), copies.ticket(key));
        loading.put(key, load);
        loads++;
        mine = true;
      }
    } finally {
      lock.unlock();
    }
    if (mine) {
      load(key, load);
    }
    return load.await(key);
  }

  @Override
  public Map<String, KvEntry> entries(Collection<String> keys) {
    return entries(keys, Duration.ZERO);
  }

  /** Those that are not in memory are read from the store at once, on the caller's thread. */
  @Override
  public Map<String, KvEntry> entries(Collection<String> keys, Duration atMost) {
    long nanos = nanos(KvArguments.atMost(atMost));
    var found = new LinkedHashMap<String, Optional<KvEntry>>();
    var tickets = new LinkedHashMap<String, Long>();
    lock.lock();
    try {
      for (String key : KvArguments.bulk(keys)) {
        KvCopies.Copy copy = nanos == 0 ? null : find(key, nanos);
        found.put(key, copy == null ? Optional.empty() : copy.entry());
        if (copy == null) {
          tickets.put(key, copies.ticket(key));
        }
      }
      loads += nanos == 0 ? 0 : tickets.size();
    } finally {
      lock.unlock();
    }
    if (!tickets.isEmpty()) {
      long begunAt = time.nanoTime();
      Map<String, KvEntry> read = store.entries(new ArrayList<>(tickets.keySet()));
      tickets.forEach((key, ticket) -> {
        Optional<KvEntry> entry = Optional.ofNullable(read.get(key));
        found.put(key, entry);
        keep(key, entry, begunAt, ticket);
      });
    }
    var present = new LinkedHashMap<String, KvEntry>();
    found.forEach((key, entry) -> entry.ifPresent(there -> present.put(key, there)));
    return present;
  }

  /** Closes the store too. */
  @Override
  public void close() {
    changes.close();
    store.close();
  }

  /** On a thread of its own, so that who leaves early takes no answer from the others. */
  private void load(String key, Load load) {
    Thread.ofVirtual().name("kv-load").start(() -> {
      Optional<KvEntry> found;
      try {
        found = store.entry(key);
      } catch (Throwable failure) { // whatever it is, those who wait must hear of it
        locked(() -> loading.remove(key, load));
        load.fail(failure);
        return;
      }
      locked(() -> loading.remove(key, load));
      keep(key, found, load.begunAt(), load.ticket());
      load.answer(found);
    });
  }

  private void keep(String key, Optional<KvEntry> found, long begunAt, long ticket) {
    lock.lock();
    try {
      copies.keep(key, found, begunAt, ticket);
    } finally {
      lock.unlock();
    }
  }

  private KvCopies.@Nullable Copy find(String key, long nanos) {
    KvCopies.Copy copy = copies.find(key, nanos, time);
    hits += copy == null ? 0 : 1;
    return copy;
  }

  /** However it ends: a copy or a running load may be older than the write. */
  @Override
  <T> T write(Collection<String> keys, Supplier<T> write) {
    try {
      return write.get();
    } finally {
      keys.forEach(this::invalidate);
    }
  }

  private void changed(KvChange change) {
    if (change.kind() == KvChange.Kind.MISSED) {
      lock.lock();
      try {
        copies.invalidateAll();
        loading.clear();
      } finally {
        lock.unlock();
      }
    } else {
      invalidate(change.key());
    }
  }

  private void invalidate(String key) {
    lock.lock();
    try {
      copies.invalidate(key);
      loading.remove(key); // nobody may join it any more
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private static long nanos(Duration atMost) {
    return atMost.compareTo(CENTURY) > 0 ? CENTURY.toNanos() : atMost.toNanos();
  }
}
