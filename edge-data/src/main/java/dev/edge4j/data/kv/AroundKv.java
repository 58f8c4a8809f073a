package dev.edge4j.data.kv;

import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A store in front of another: hands calls on, all writes through one place. */
abstract class AroundKv implements VersionedKv {
  final VersionedKv store;

  AroundKv(VersionedKv store) {
    this.store = store;
  }

  /** Runs a write of some keys, once. */
  abstract <T> T write(Collection<String> keys, Supplier<T> write);

  @Override
  public long put(String key, byte[] value, KvOptions options) {
    return write(List.of(key), () -> store.put(key, value, options));
  }

  @Override
  public Map<String, Long> putAll(Map<String, byte[]> values, KvOptions options) {
    return write(List.copyOf(values.keySet()), () -> store.putAll(values, options));
  }

  @Override
  public boolean putsAllOrNone() {
    return store.putsAllOrNone();
  }

  @Override
  public OptionalLong putIf(String key, long expectedVersion, byte[] value, KvOptions options) {
    return write(List.of(key), () -> store.putIf(key, expectedVersion, value, options));
  }

  @Override
  public void delete(String key) {
    write(List.of(key), () -> {
      store.delete(key);
      return key;
    });
  }

  @Override
  public boolean deleteIf(String key, long version) {
    return write(List.of(key), () -> store.deleteIf(key, version));
  }

  @Override
  public OptionalLong touch(String key, Duration ttl) {
    return write(List.of(key), () -> store.touch(key, ttl));
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return store.list(prefix, after, limit);
  }

  @Override
  public KvPage page(String prefix, String cursor, int limit) {
    return store.page(prefix, cursor, limit);
  }

  @Override
  public Subscription watch(String prefix, Consumer<KvChange> listener) {
    return store.watch(prefix, listener);
  }
}
