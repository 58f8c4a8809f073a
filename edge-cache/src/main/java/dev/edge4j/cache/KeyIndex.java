package dev.edge4j.cache;

import dev.edge4j.cache.shared.KeyText;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Finds the keys in memory by their text, which is what other nodes call them. Kept only if there are any to be heard. */
final class KeyIndex<K> {
  private final boolean kept;
  private final ConcurrentMap<String, K> keys = new ConcurrentHashMap<>();

  KeyIndex(boolean kept) {
    this.kept = kept;
  }

  void add(K key) {
    if (kept) {
      keys.put(KeyText.of(key), key);
    }
  }

  void remove(K key) {
    if (kept) {
      keys.remove(KeyText.of(key));
    }
  }

  @Nullable
  K find(String text) {
    return keys.get(text);
  }
}
