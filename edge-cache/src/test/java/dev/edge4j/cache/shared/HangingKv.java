package dev.edge4j.cache.shared;

import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A store whose calls hang when a test wants it. */
final class HangingKv implements KvStore {
  private final KvStore store;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  HangingKv(KvStore store) {
    this.store = store;
  }

  void hang() {
    gate = new CountDownLatch(1);
  }

  void answer() {
    gate.countDown();
  }

  private KvStore answering() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return store;
  }

  @Override
  public Optional<byte[]> get(String key) {
    return answering().get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    answering().put(key, value);
  }

  @Override
  public void put(String key, byte[] value, Duration ttl) {
    answering().put(key, value, ttl);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    return answering().putIfAbsent(key, value, ttl);
  }

  @Override
  public void delete(String key) {
    answering().delete(key);
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return answering().list(prefix, after, limit);
  }

  @Override
  public void close() {
    answering().close();
  }
}
