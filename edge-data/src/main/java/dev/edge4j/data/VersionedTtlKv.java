package dev.edge4j.data;

import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** As {@link TtlKv}, for a store with versions: no way of writing leaves a value longer than promised. */
final class VersionedTtlKv implements VersionedKv {
  private final VersionedKv store;
  private final Duration atMost;
  private final KvAround around;
  private final InstantSource clock;

  VersionedTtlKv(VersionedKv store, Duration atMost, KvAround around, InstantSource clock) {
    this.store = store;
    this.atMost = atMost;
    this.around = around;
    this.clock = clock;
  }

  @Override
  public Optional<KvEntry> entry(String key) {
    return around.call(() -> store.entry(key));
  }

  @Override
  public Optional<KvEntry> entry(String key, Duration age) {
    return around.call(() -> store.entry(key, age));
  }

  @Override
  public Map<String, KvEntry> entries(Collection<String> keys) {
    return around.call(() -> store.entries(keys));
  }

  @Override
  public Map<String, KvEntry> entries(Collection<String> keys, Duration age) {
    return around.call(() -> store.entries(keys, age));
  }

  @Override
  public Optional<byte[]> get(String key) {
    return around.call(() -> store.get(key));
  }

  @Override
  public long put(String key, byte[] value, KvOptions options) {
    return around.call(() -> store.put(key, value, cut(options)));
  }

  @Override
  public Map<String, Long> putAll(Map<String, byte[]> values, KvOptions options) {
    return around.call(() -> store.putAll(values, cut(options)));
  }

  @Override
  public boolean putsAllOrNone() {
    return store.putsAllOrNone();
  }

  @Override
  public OptionalLong putIf(String key, long expectedVersion, byte[] value, KvOptions options) {
    return around.call(() -> store.putIf(key, expectedVersion, value, cut(options)));
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
  public boolean deleteIf(String key, long version) {
    return around.call(() -> store.deleteIf(key, version));
  }

  @Override
  public OptionalLong touch(String key, Duration ttl) {
    return around.call(() -> store.touch(key, cut(ttl)));
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return around.call(() -> store.list(prefix, after, limit));
  }

  @Override
  public KvPage page(String prefix, String cursor, int limit) {
    return around.call(() -> store.page(prefix, cursor, limit));
  }

  @Override
  public Subscription watch(String prefix, Consumer<KvChange> listener) {
    return store.watch(prefix, listener);
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

  /** An instant that lies too far ahead becomes the ttl, which the store counts by its own clock. */
  private KvOptions cut(KvOptions options) {
    Instant latest = clock.instant().plus(atMost);
    if (options.expiresAt().filter(end -> !end.isAfter(latest)).isPresent()) {
      return options;
    }
    Duration ttl = options.ttl().map(this::cut).orElse(atMost);
    return new KvOptions(Optional.of(ttl), Optional.empty(), options.metadata());
  }
}
