package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.data.DataException;
import dev.edge4j.data.DataMesh;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries stock, prices and ratings from the origin, which decides them, to the edge copy, which shows them. The position moves on only when the
 * rows are written and what was cached of them is out of date: a stop at any moment has the same changes carried over once more, and loses
 * none. Safe for use by many threads.
 */
public final class StockFeed {
  private static final int BATCH = 500;
  private static final Duration REMEMBER = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(StockFeed.class);

  /** What a product costs, how much of it is left and how it is rated at the origin, as of that version. */
  record Change(long id, long priceCents, long stock, long ratings, long ratingSum, long version) {}

  /** What the last question to the origin has found; {@code RETURNED} until the listener is told. */
  private enum Origin {
    UNASKED, AWAY, RETURNED, THERE
  }

  private final DataMesh mesh;
  private final EdgeCopy copy;
  private final Catalogue catalogue;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private Instant remembered = Instant.EPOCH;
  private final AtomicReference<Origin> origin = new AtomicReference<>(Origin.UNASKED);
  private volatile Runnable returned = () -> {};

  public StockFeed(DataMesh mesh, EdgeCopy copy, Catalogue catalogue, InstantSource clock) {
    this.mesh = mesh;
    this.copy = copy;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** Has this run when the origin answers for the first time, and each time it answers again after it did not. */
  public void onReturn(Runnable listener) {
    returned = listener;
  }

  /** How old the edge copy is, if the origin did not answer when it was asked last; empty if it did, whatever became of the copy. */
  public Optional<Duration> behind() {
    return origin.get() == Origin.AWAY ? Optional.of(copy.lag()) : Optional.empty();
  }

  /** Brings the edge copy up to the present state of the origin; throws {@link DataException} if one of them fails. */
  public void pull() {
    try {
      pullAll();
    } finally { // the listener wants the origin, and not the copy
      if (origin.compareAndSet(Origin.RETURNED, Origin.THERE)) {
        returned.run();
      }
    }
  }

  /** As {@link #pull}, and the next view of that product shows it so, however long a load of it would take. */
  public void pullAndShow(long id) {
    pull();
    lock.lock();
    try {
      catalogue.renew(id);
    } finally {
      lock.unlock();
    }
  }

  private void pullAll() {
    lock.lock();
    try {
      Instant began = clock.instant();
      List<Change> changes;
      do {
        changes = after(copy.readOne(Long.class, "SELECT position FROM stock_feed").orElseThrow());
        apply(changes);
      } while (changes.size() == BATCH);
      remember(began);
      copy.caughtUp(began);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Pulls again and again, with that pause, until what is returned is closed. While pulls fail the copy falls behind, and knows it. A pull that hangs is not
   * waited for at the end.
   */
  public AutoCloseable follow(Duration pause) {
    var stop = new CountDownLatch(1);
    Thread feeder = Thread.ofVirtual().name("stock-feed").start(() -> follow(stop, pause));
    return () -> {
      stop.countDown();
      if (!feeder.join(STOP)) {
        LOG.warn("the origin has not answered the feed of the edge copy: stopping without it");
      }
    };
  }

  private void follow(CountDownLatch stop, Duration pause) {
    boolean failing = false;
    try {
      while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          pull();
          failing = false;
        } catch (RuntimeException e) { // whatever it was: a feed that has ended would never catch up
          LOG.atLevel(failing ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.WARN)
              .log("the edge copy cannot follow the origin: {}", String.valueOf(e.getMessage()));
          failing = true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Change> after(long position) {
    try {
      List<Change> changes = mesh.session()
          .query("orders", Change.class,
              "SELECT p.id, p.price_cents, p.stock, p.ratings, p.rating_sum, s.version FROM stock s"
                  + " JOIN products p ON p.id = s.product_id WHERE s.version > :position ORDER BY s.version LIMIT :limit",
              Map.of("position", position, "limit", BATCH));
      origin.updateAndGet(before -> before == Origin.THERE ? before : Origin.RETURNED);
      return changes;
    } catch (RuntimeException e) {
      origin.set(Origin.AWAY);
      throw e;
    }
  }

  private void apply(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    copy.apply(transaction -> {
      for (Change change : changes) {
        transaction.update("UPDATE products SET stock = :stock, price_cents = :price, ratings = :ratings,"
            + " rating_sum = :sum WHERE id = :id",
            Map.of("stock", change.stock(), "price", change.priceCents(), "ratings", change.ratings(), "sum", change
                .ratingSum(), "id", change.id()));
      }
      return changes.size();
    });
    catalogue.changed(changes.stream().map(Change::id).toList());
    copy.apply(transaction -> transaction.update("UPDATE stock_feed SET position = :position",
        Map.of("position", changes.getLast().version())));
  }

  /** A copy that is opened again without its origin knows about how old it is. */
  private void remember(Instant asOf) {
    if (asOf.isAfter(remembered.plus(REMEMBER))) {
      copy.apply(transaction -> transaction.update("UPDATE stock_feed SET as_of = :asOf", Map.of("asOf", asOf)));
      remembered = asOf;
    }
  }
}
