package dev.edge4j.data.kv;

import dev.edge4j.TimeSource;
import dev.edge4j.kv.KvEntry;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies of entries, absent ones included, with the time at which they were true; the least recently used go first. Not safe for
 * threads: guarded by the lock of {@link CachedKv}.
 *
 * <p>What is read while its key is invalidated must not be kept. So a read takes a {@link #ticket} before it begins and hands it in
 * with what it found: {@link #invalidate} makes the tickets of the key void. Tickets are numbers of a few hundred stripes of keys; two
 * keys of one stripe cost each other a copy now and then.
 */
final class KvCopies {
  private static final int STRIPES = 512;
  /** What an entry costs beside its value: measured at about 200 bytes with its key and its place in the map. */
  private static final int OVERHEAD = 200;

  /** What was read at a time of {@link TimeSource#nanoTime}. */
  record Copy(Optional<KvEntry> entry, long readAt, long weight) {}

  private final LinkedHashMap<String, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);
  private final long[] tickets = new long[STRIPES];
  private final int maxEntries;
  private final long maxBytes;
  private long bytes;
  private long evictions;

  KvCopies(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /** What was true not longer than {@code nanos} before {@code now}; null if it is not known. */
  @Nullable
  Copy find(String key, long nanos, TimeSource time) {
    Copy copy = copies.get(key);
    if (copy == null || time.nanoTime() - copy.readAt > nanos) {
      return null;
    }
    boolean expired = copy.entry.flatMap(KvEntry::expiresAt).filter(at -> !at.isAfter(time.instant())).isPresent();
    return expired ? null : copy;
  }

  /** To be taken before a read begins. */
  long ticket(String key) {
    return tickets[stripe(key)];
  }

  /** Keeps what a read found that began at {@code readAt}, unless its ticket is void or a later read has come first. */
  void keep(String key, Optional<KvEntry> entry, long readAt, long ticket) {
    Copy old = copies.get(key);
    if (ticket != ticket(key) || (old != null && old.readAt - readAt > 0)) {
      return;
    }
    long weight = OVERHEAD + 2L * key.length() + entry.map(e -> e.length() + 2L * e.metadata().orElse("").length())
        .orElse(0L);
    remove(key);
    if (weight > maxBytes / 4) { // one value must not push out all others
      return;
    }
    copies.put(key, new Copy(entry, readAt, weight));
    bytes += weight;
    while (copies.size() > maxEntries || bytes > maxBytes) {
      remove(copies.firstEntry().getKey());
      evictions++;
    }
  }

  void invalidate(String key) {
    tickets[stripe(key)]++;
    remove(key);
  }

  void invalidateAll() {
    Arrays.setAll(tickets, i -> tickets[i] + 1);
    copies.clear();
    bytes = 0;
  }

  int size() {
    return copies.size();
  }

  long bytes() {
    return bytes;
  }

  long evictions() {
    return evictions;
  }

  private void remove(String key) {
    Copy old = copies.remove(key);
    bytes -= old == null ? 0 : old.weight;
  }

  private static int stripe(String key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (STRIPES - 1);
  }
}
