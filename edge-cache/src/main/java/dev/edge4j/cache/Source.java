package dev.edge4j.cache;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All kinds of loaders as one: many keys at once, each with its {@link Load}. A key without an answer has no value. */
@FunctionalInterface
interface Source<K, V> {
  Map<K, Loaded<V>> load(Map<K, Load<V>> wanted) throws Exception;

  /** A loader that always has a value. */
  static <K, V> Source<K, V> of(String cache, Loader<? super K, ? extends V> loader) {
    return adaptive(cache, (key, load) -> load.of(required(cache, key, loader.load(key))));
  }

  static <K, V> Source<K, V> optional(String cache, Loader<? super K, Optional<V>> loader) {
    return adaptive(cache, (key, load) -> required(cache, key, loader.load(key)).map(load::of).orElseGet(load::absent));
  }

  static <K, V> Source<K, V> adaptive(String cache, AdaptiveLoader<? super K, V> loader) {
    return wanted -> {
      Map<K, Loaded<V>> loaded = HashMap.newHashMap(wanted.size());
      for (Map.Entry<K, Load<V>> one : wanted.entrySet()) {
        loaded.put(one.getKey(), required(cache, one.getKey(), loader.load(one.getKey(), one.getValue())));
      }
      return loaded;
    };
  }

  static <K, V> Source<K, V> batch(String cache, BatchLoader<K, V> loader) {
    return wanted -> {
      Set<K> keys = new LinkedHashSet<>(wanted.keySet());
      Map<? extends K, ? extends V> values = required(cache, keys, loader.loadAll(keys));
      Map<K, Loaded<V>> loaded = HashMap.newHashMap(wanted.size());
      wanted.forEach((key, load) -> {
        V value = values.get(key);
        loaded.put(key, value == null ? load.absent() : load.of(value));
      });
      return loaded;
    };
  }

  private static <T> T required(String cache, Object key, T loaded) {
    if (loaded == null) {
      throw new NullPointerException("the loader of cache " + cache + " returned null for key " + key
          + " (expected: a value; what may be absent is for find)");
    }
    return loaded;
  }
}
