package dev.edge4j.cache.support;

import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A store whose connection a test can cut. */
public class FailingKv implements KvStore {
  private final KvStore store;
  public volatile boolean cut;

  public FailingKv(KvStore store) {
    this.store = store;
  }

  private KvStore connected() {
    if (cut) {
      throw new IllegalStateException("no connection");
    }
    return store;
  }

  @Override
  public Optional<byte[]> get(String key) {
    return connected().get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    connected().put(key, value);
  }

  @Override
  public void put(String key, byte[] value, Duration ttl) {
    connected().put(key, value, ttl);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    return connected().putIfAbsent(key, value, ttl);
  }

  @Override
  public void delete(String key) {
    connected().delete(key);
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return connected().list(prefix, after, limit);
  }

  @Override
  public void close() {
    store.close();
  }
}
