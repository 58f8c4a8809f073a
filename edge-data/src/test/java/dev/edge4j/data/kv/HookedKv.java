package dev.edge4j.data.kv;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import dev.edge4j.kv.KvWatchers;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A node's line to a shared store: counts reads, holds them up, loses answers of writes and, if it is deaf, what others changed. */
final class HookedKv implements VersionedKv {
  private final VersionedKv store;
  private final KvWatchers changes;
  final AtomicInteger reads = new AtomicInteger();
  /** Runs after a read has its answer and before it is given. */
  volatile Runnable afterRead = () -> {};
  volatile boolean losesAnswers;
  volatile boolean isDown;

  /** A line that is deaf if asked, and tells what the store tells if not. */
  HookedKv(VersionedKv store, boolean deaf) {
    this(store, new KvWatchers());
    if (!deaf) {
      store.watch("", changes::tell);
    }
  }

  /** A line that tells of changes what somebody else says. */
  HookedKv(VersionedKv store, KvWatchers changes) {
    this.store = store;
    this.changes = changes;
  }

  @Override
  public Optional<KvEntry> entry(String key) {
    return read(() -> store.entry(key));
  }

  @Override
  public Map<String, KvEntry> entries(Collection<String> keys) {
    return read(() -> store.entries(keys));
  }

  @Override
  public long put(String key, byte[] value, KvOptions options) {
    return write(() -> store.put(key, value, options));
  }

  @Override
  public Map<String, Long> putAll(Map<String, byte[]> values, KvOptions options) {
    return write(() -> store.putAll(values, options));
  }

  @Override
  public OptionalLong putIf(String key, long expectedVersion, byte[] value, KvOptions options) {
    return write(() -> store.putIf(key, expectedVersion, value, options));
  }

  @Override
  public void delete(String key) {
    write(() -> {
      store.delete(key);
      return key;
    });
  }

  @Override
  public boolean deleteIf(String key, long version) {
    return write(() -> store.deleteIf(key, version));
  }

  @Override
  public OptionalLong touch(String key, Duration ttl) {
    return write(() -> store.touch(key, ttl));
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
    return changes.add(prefix, listener);
  }

  /** Leaves the store open: other nodes use it. */
  @Override
  public void close() {
    isDown = true;
  }

  private <T> T read(Supplier<T> read) {
    reads.incrementAndGet();
    if (isDown) {
      throw new StoreException(Reason.FAILED, "the line is down");
    }
    T answer = read.get();
    afterRead.run();
    return answer;
  }

  private <T> T write(Supplier<T> write) {
    T answer = write.get();
    if (losesAnswers) {
      throw new StoreException(Reason.FAILED, "the answer was lost");
    }
    return answer;
  }
}
