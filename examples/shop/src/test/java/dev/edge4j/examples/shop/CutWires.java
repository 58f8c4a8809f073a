package dev.edge4j.examples.shop;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.Replica;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.TransactionWork;
import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Wires between a shop and its stores that a test cuts, and a time that it moves. They outlive a restart of the shop. */
final class CutWires implements Stores.Wiring {
  /** What becomes of a call. */
  static final class Wire {
    volatile boolean cut;
    /** Whether what a transaction has done is committed, and its answer lost. */
    volatile boolean deaf;
    /** Whether calls fail in a way that nobody has thought of. */
    volatile boolean odd;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile CountDownLatch held = new CountDownLatch(0);

    /** Calls are not answered any more, until {@link #release}. */
    void hold() {
      held = new CountDownLatch(1);
    }

    void release() {
      held.countDown();
    }

    /** How many calls are held. */
    int waiting() {
      return waiting.get();
    }

    /** How often it was odd. */
    int refused() {
      return refused.get();
    }

    private void pass() {
      waiting.incrementAndGet();
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw lost();
      } finally {
        waiting.decrementAndGet();
      }
      if (cut) {
        throw lost();
      }
      if (odd) {
        refused.incrementAndGet();
        throw new IllegalStateException("a defect");
      }
    }

    private static StoreException lost() {
      return new StoreException(StoreException.Reason.FAILED, "no connection");
    }
  }

  final Wire replica = new Wire();
  final Wire origin = new Wire();
  final Wire kv = new Wire();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  void advance(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  @Override
  public InstantSource clock() {
    return now::get;
  }

  @Override
  public DataStore rows(String file, DataStore store) {
    return new Rows(store, file.equals("origin.db") ? origin : replica);
  }

  @Override
  public KvStore kv(KvStore store) {
    return new Values(store, kv);
  }

  private record Rows(DataStore store, Wire wire) implements DataStore {
    @Override
    public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
      wire.pass();
      return store.query(type, sql, args);
    }

    @Override
    public long update(String sql, Map<String, ?> args) {
      wire.pass();
      return store.update(sql, args);
    }

    @Override
    public <T> T transaction(TransactionWork<T> work) {
      wire.pass();
      T result = store.transaction(work);
      if (wire.deaf) {
        throw Wire.lost();
      }
      return result;
    }

    @Override
    public String engine() {
      return store.engine();
    }

    @Override
    public Optional<Replica> replica() {
      return store.replica();
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private record Values(KvStore store, Wire wire) implements KvStore {
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
}
