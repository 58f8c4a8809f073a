package dev.edge4j.data.libsql;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.data.Position;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How old what a replica shows may be at most: the time since a question to the origin whose answer the replica has caught up with. Asks in
 * a thread of its own. Safe for use by many threads.
 */
final class Freshness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Freshness.class);
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final LibsqlStore origin;
  private final LibsqlStore replica;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean known;
  private volatile long freshAt;

  Freshness(LibsqlStore origin, LibsqlStore replica) {
    this.origin = origin;
    this.replica = replica;
    Thread.ofVirtual().name("edge4j-libsql-freshness").start(this::run);
  }

  Duration lag() {
    if (!known) {
      throw new StoreException(Reason.FAILED, replica.address() + ": not known yet how far behind the origin it is");
    }
    return Duration.ofNanos(System.nanoTime() - freshAt);
  }

  private void run() {
    try {
      do {
        look();
      } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      long asked = System.nanoTime();
      Position there = origin.ask(OptionalLong.empty(), deadline());
      Position here = replica.ask(OptionalLong.of(there.offset()), deadline());
      if (here.offset() >= there.offset()) {
        freshAt = asked;
        known = true;
      }
    } catch (StoreException e) {
      LOG.debug("not known how far behind a replica is", e); // the lag that grows says it
    }
  }

  private static Deadline deadline() {
    return Deadline.in(PATIENCE, TimeSource.system());
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
