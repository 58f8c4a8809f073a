package dev.edge4j.data.redis;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps now and then, for a store that is seldom written: writes sweep by themselves. Ends with the store, or with its client. */
final class KvSweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KvSweeper.class);
  private static final long EVERY = Duration.ofSeconds(40).toMillis();

  private final CountDownLatch closed = new CountDownLatch(1);
  private final String name;
  private final Runnable sweep;

  private KvSweeper(String name, Runnable sweep) {
    this.name = name;
    this.sweep = sweep;
  }

  static KvSweeper start(String name, Runnable sweep) {
    var sweeper = new KvSweeper(name, sweep);
    Thread.ofVirtual().name("sweeper of Redis keys " + name).start(sweeper::run);
    return sweeper;
  }

  private void run() {
    try {
      // Jitter: not all nodes at once.
      while (!closed.await(ThreadLocalRandom.current().nextLong(EVERY / 2, EVERY), TimeUnit.MILLISECONDS)) {
        if (!swept()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False if the client is closed: there is nothing to do any more. */
  private boolean swept() {
    try {
      sweep.run();
      return true;
    } catch (StoreException e) {
      LOG.debug("keys {} could not be swept; next time, then", name, e);
      return e.reason() != Reason.CLOSED;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
