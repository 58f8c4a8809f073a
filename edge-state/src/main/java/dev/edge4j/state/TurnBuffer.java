package dev.edge4j.state;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a turn has put and deleted, laid over what is committed. Pure; confined to its turn until it is handed to the commit,
 * and not changed after.
 */
final class TurnBuffer {
  private final SortedMap<String, Optional<byte[]>> changes = new TreeMap<>(Limits.UTF8_ORDER);

  /** What the committed keys are asked for: at most a number of them, in order. */
  interface Committed {
    List<String> keys(int limit);
  }

  void put(String key, byte[] value) {
    changes.put(key, Optional.of(value));
  }

  void delete(String key) {
    changes.put(key, Optional.empty());
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  boolean touches(String key) {
    return changes.containsKey(key);
  }

  /** The value this turn put; empty if it deleted the key or did not touch it. */
  Optional<byte[]> value(String key) {
    return changes.getOrDefault(key, Optional.empty());
  }

  /** Every change once, in the order of the keys: an empty value is a deletion. */
  SortedMap<String, Optional<byte[]>> changes() {
    return Collections.unmodifiableSortedMap(changes);
  }

  /** The keys a turn sees: the committed ones without its deletions, and its puts. */
  List<String> keys(String prefix, String after, int limit, Committed committed) {
    List<String> mine = mine(prefix, after);
    // Each key deleted here may take the place of one that is to be seen.
    long wanted = Math.min(Integer.MAX_VALUE, (long) limit + mine.size());
    var keys = new TreeSet<>(Limits.UTF8_ORDER);
    keys.addAll(committed.keys((int) wanted));
    for (String key : mine) {
      if (value(key).isPresent()) {
        keys.add(key);
      } else {
        keys.remove(key);
      }
    }
    return keys.stream().limit(limit).toList();
  }

  private List<String> mine(String prefix, String after) {
    return changes.tailMap(prefix)
        .keySet()
        .stream()
        .takeWhile(key -> key.startsWith(prefix))
        .filter(key -> Limits.UTF8_ORDER.compare(key, after) > 0)
        .toList();
  }
}
