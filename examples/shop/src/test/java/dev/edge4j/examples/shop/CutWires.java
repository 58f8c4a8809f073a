package dev.edge4j.examples.shop;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.StoreException;
import dev.edge4j.examples.shop.chaos.WiredKv;
import dev.edge4j.examples.shop.chaos.WiredRows;
import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Wires between a shop and its stores that a test cuts, and a time that it moves. They outlive a restart of the shop. */
final class CutWires implements Stores.Wiring {
  /** What becomes of a call. */
  static final class Wire implements dev.edge4j.examples.shop.chaos.Wire {
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

    @Override
    public void pass() {
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

    @Override
    public void committed() {
      if (deaf) {
        throw lost();
      }
    }

    private static StoreException lost() {
      return new StoreException(StoreException.Reason.FAILED, "no connection");
    }
  }

  final Wire replica = new Wire();
  final Wire origin = new Wire();
  final Wire kv = new Wire();
  /** How many times as long as usual stores are waited for by a shop that is opened now: a test that holds them has to wait as long. */
  volatile int patience = RunningShop.PATIENCE;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  void advance(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  @Override
  public InstantSource clock() {
    return now::get;
  }

  @Override
  public int patience() {
    return patience;
  }

  @Override
  public DataStore rows(String file, DataStore store) {
    return new WiredRows(store, file.equals("origin.db") ? origin : replica);
  }

  @Override
  public KvStore kv(KvStore store) {
    return new WiredKv(store, kv);
  }
}
