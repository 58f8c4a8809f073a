package dev.edge4j.examples.shop.chaos;

import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A key-value store behind a wire, which all calls but {@link #close} take.
 *
 * @param store closed with this
 */
public record WiredKv(KvStore store, Wire wire) implements KvStore {
  @Override
  public Optional<byte[]> get(String key) {
    wire.pass();
    return store.get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    wire.pass();
    store.put(key, value);
  }

  @Override
  public void put(String key, byte[] value, Duration ttl) {
    wire.pass();
    store.put(key, value, ttl);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    wire.pass();
    return store.putIfAbsent(key, value, ttl);
  }

  @Override
  public void delete(String key) {
    wire.pass();
    store.delete(key);
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    wire.pass();
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
