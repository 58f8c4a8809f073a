package dev.edge4j.middleware.ratelimit;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The states of a bounded number of clients, without locks: a set-associative table, as in a processor's cache. A key
 * belongs to one set of slots; a key that finds its set full takes the slot whose client has the most quota, so what is forgotten
 * first is what matters least, and a client at its limit last. A slot whose time has passed is as good as empty, so nothing has to
 * be swept. Safe for use by many threads.
 */
final class RateTable {
  private static final int WAYS = 8;

  private record Entry(Object key, RateState state) {}

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

  /** Changes what is remembered of that client by a pure function, atomically, and gives its decision. */
  RateDecision take(Object key, long now, Function<@Nullable RateState, RateAlgorithm.Taken> step) {
    int set = set(key);
    while (true) {
      int slot = slot(set, key, now);
      Entry entry = slots.get(slot);
      RateAlgorithm.Taken taken = step.apply(entry != null && entry.key.equals(key) ? entry.state : null);
      RateState next = taken.state();
      if (next == null || slots.compareAndSet(slot, entry, new Entry(key, next))) {
        return taken.decision();
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
      long ahead = entry == null ? Long.MIN_VALUE : entry.state.ahead(now);
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
