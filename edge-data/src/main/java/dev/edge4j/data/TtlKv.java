package dev.edge4j.data;

import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keeps the promise that a value is gone after a time: puts without one get it, puts with a longer one are cut to it. */
final class TtlKv implements KvStore {
  private final KvStore store;
  private final Duration atMost;

  TtlKv(KvStore store, Duration atMost) {
    this.store = store;
    this.atMost = atMost;
  }

  @Override
  public Optional<byte[]> get(String key) {
    return store.get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    store.put(key, value, atMost);
  }

  @Override
  public void put(String key, byte[] value, Duration ttl) {
    store.put(key, value, cut(ttl));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    return store.putIfAbsent(key, value, cut(ttl));
  }

  @Override
  public void delete(String key) {
    store.delete(key);
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return store.list(prefix, after, limit);
  }

  @Override
  public boolean isLocal() {
    return store.isLocal();
  }

  @Override
  public void close() {
    store.close();
  }

  private Duration cut(Duration ttl) {
    return ttl.compareTo(atMost) < 0 ? ttl : atMost;
  }
}
