package dev.edge4j.middleware;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The arrival times of a bounded number of clients, without locks: a set-associative table, as in a processor's cache. A key
 * belongs to one set of slots; a key that finds its set full takes the slot whose client has the most quota, so what is forgotten
 * first is what matters least, and a client at its limit last. A slot whose time has passed is as good as empty, so nothing has to
 * be swept. Safe for use by many threads.
 */
final class RateTable {
  private static final int WAYS = 8;

  private record Entry(Object key, long tat) {}

  private final AtomicReferenceArray<@Nullable Entry> slots;
  /** So that nobody can aim at another client's set. */
  private final int seed = ThreadLocalRandom.current().nextInt();

  /** Takes the number of slots, a power of two and at least 8. */
  RateTable(int capacity) {
    if (capacity < WAYS || Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity: " + capacity + " (expected: a power of two, at least " + WAYS
          + ")");
    }
    this.slots = new AtomicReferenceArray<>(capacity);
  }

  /** Decides about one request of that client, and remembers it if it was allowed. */
  Gcra.Decision take(Object key, Gcra gcra, long now) {
    int set = set(key);
    while (true) {
      int slot = slot(set, key, now);
      Entry entry = slots.get(slot);
      boolean known = entry != null && entry.key.equals(key);
      Gcra.Decision decision = gcra.decide(known && entry != null ? entry.tat : now, now);
      if (!decision.allowed() || slots.compareAndSet(slot, entry, new Entry(key, decision.tat()))) {
        return decision;
      }
    }
  }

  /** The key's own slot, or else the one to give it. */
  private int slot(int set, Object key, long now) {
    int best = set;
    long least = Long.MAX_VALUE;
    for (int i = set; i < set + WAYS; i++) {
      Entry entry = slots.get(i);
      if (entry != null && entry.key.equals(key)) {
        return i;
      }
      long ahead = entry == null ? Long.MIN_VALUE : entry.tat - now;
      if (ahead < least) {
        least = ahead;
        best = i;
      }
    }
    return best;
  }

  private int set(Object key) {
    int hash = (key.hashCode() ^ seed) * 0x9e3779b9;
    hash = (hash ^ (hash >>> 15)) * 0x85ebca6b;
    hash ^= hash >>> 13;
    return hash & (slots.length() - 1) & -WAYS;
  }
}
