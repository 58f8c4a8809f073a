package dev.edge4j.cache.shared;

import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A store that counts how often it is read. */
final class CountingKv implements KvStore {
  final AtomicLong reads = new AtomicLong();
  private final KvStore store;

  CountingKv(KvStore store) {
    this.store = store;
  }

  @Override
  public Optional<byte[]> get(String key) {
    reads.incrementAndGet();
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
