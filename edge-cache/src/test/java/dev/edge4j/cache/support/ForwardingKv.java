package dev.edge4j.cache.support;

import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Another store under all its methods, for tests that change one of them. */
public class ForwardingKv implements KvStore {
  private final KvStore store;

  public ForwardingKv(KvStore store) {
    this.store = store;
  }

  @Override
  public Optional<byte[]> get(String key) {
    return store.get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    store.put(key, value);
  }

  @Override
  public void put(String key, byte[] value, Duration ttl) {
    store.put(key, value, ttl);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    return store.putIfAbsent(key, value, ttl);
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
}
