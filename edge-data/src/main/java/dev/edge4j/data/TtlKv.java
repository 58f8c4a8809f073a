package dev.edge4j.data;

import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Keeps the promise that a value is gone after a time: puts without one get it, puts with a longer one are cut to it. */
final class TtlKv implements KvStore {
  private final KvStore store;
  private final Duration atMost;
  private final KvAround around;

  TtlKv(KvStore store, Duration atMost, KvAround around) {
    this.store = store;
    this.atMost = atMost;
    this.around = around;
  }

  /** Has all that the store has: versions too, if it has them. */
  static KvStore of(KvStore store, Duration atMost, KvAround around) {
    return store instanceof VersionedKv versioned ? new VersionedTtlKv(versioned, atMost, around, InstantSource
        .system())
        : new TtlKv(store, atMost, around);
  }

  @Override
  public Optional<byte[]> get(String key) {
    return around.call(() -> store.get(key));
  }

  @Override
  public void put(String key, byte[] value) {
    around.run(() -> store.put(key, value, atMost));
  }

  @Override
  public void put(String key, byte[] value, Duration ttl) {
    around.run(() -> store.put(key, value, cut(ttl)));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    return around.call(() -> store.putIfAbsent(key, value, cut(ttl)));
  }

  @Override
  public void delete(String key) {
    around.run(() -> store.delete(key));
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return around.call(() -> store.list(prefix, after, limit));
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
