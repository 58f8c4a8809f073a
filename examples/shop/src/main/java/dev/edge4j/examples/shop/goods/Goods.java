package dev.edge4j.examples.shop.goods;

import dev.edge4j.Conflict;
import dev.edge4j.NotFound;
import dev.edge4j.data.DataException;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.Queries;
import dev.edge4j.examples.shop.catalogue.StockFeed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The goods at the origin, for who may change them. A change and its entry in the audit log are one transaction, and it is refused if anything has changed since
 * it was seen: a sale meanwhile above all, which setting the stock would undo. Safe for use by many threads.
 */
public final class Goods {
  /** How many are on a page of the list. */
  public static final int LISTED = 20;

  private static final String CLASS = "orders";
  private static final String SELECT = "SELECT g.id, g.name, g.price_cents, s.available AS stock, s.version"
      + " FROM goods g JOIN stock s ON s.product_id = g.id";
  private static final int LATEST = 10;
  private static final Logger LOG = LoggerFactory.getLogger(Goods.class);

  private final DataMesh mesh;
  private final StockFeed feed;
  private final LongConsumer purge;
  private final Consumer<String> log;
  private final InstantSource clock;
  private volatile Spread spread = this::show;

  /** Has a change shown; returns when it is. */
  @FunctionalInterface
  public interface Spread {
    /** Shows the product of that number as the origin has it since that moment of {@link System#nanoTime}. */
    void show(long id, long since);
  }

  /**
   * Goods whose changes go to the edge by that feed, and out of caches of responses by {@code purge}, which is given their id; {@code log} is told when they are
   * shown.
   */
  public Goods(DataMesh mesh, StockFeed feed, LongConsumer purge, Consumer<String> log, InstantSource clock) {
    this.mesh = mesh;
    this.feed = feed;
    this.purge = purge;
    this.log = log;
    this.clock = clock;
  }

  /** Has changes shown by that, which calls {@link #show} here and wherever else they are to be seen. */
  public void spreadBy(Spread everywhere) {
    spread = everywhere;
  }

  /**
   * Has every page here show a product as the origin has it since that moment of {@link System#nanoTime}. Where the edge copy cannot be brought up to date now its
   * feed does that later: the change is made, so this does not fail for it.
   */
  public void show(long id, long since) {
    boolean pulled = pulled(id);
    purge.accept(id); // now, as a page that is made before the copy is up to date would be kept as it was
    if (!pulled) {
      log.accept("article " + id + " was changed by the keeper: shown here when the edge copy is back");
      return;
    }
    log.accept("article " + id + " was changed by the keeper: shown here after " + Math.max(1, Duration.ofNanos(System
        .nanoTime() - since).toMillis()) + " ms");
  }

  private boolean pulled(long id) {
    try {
      feed.pullAndShow(id);
      return true;
    } catch (DataException e) {
      LOG.warn("a change is left to the feed of the edge copy: {}", e.getMessage());
      return false;
    }
  }

  /** A page, from 1, of those that have the words in their names, or of all. */
  public List<Good> search(String words, int page) {
    String pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    return mesh.session()
        .query(CLASS, Good.class, SELECT
            + " WHERE lower(g.name) LIKE lower(:pattern) ESCAPE '\\' ORDER BY g.id LIMIT :limit OFFSET :offset",
            Map.of("pattern", pattern, "limit", LISTED, "offset", (page - 1) * LISTED));
  }

  /** One of them. */
  public Optional<Good> find(long id) {
    return mesh.session().queryOne(CLASS, Good.class, SELECT + " WHERE g.id = :id", Map.of("id", id));
  }

  /** The latest changes, the last one first. */
  public List<AuditEntry> audit() {
    return mesh.session()
        .query(CLASS, AuditEntry.class, "SELECT * FROM audit ORDER BY id DESC LIMIT :limit", Map.of("limit", LATEST));
  }

  /**
   * Changes one, and returns how long it took until every page shows it whose edge copy is there: the transaction, the copies, the caches. {@link NotFound} for a product that is not
   * there; {@link Conflict}, and no change, if it is in another version.
   */
  public Duration change(long keeper, GoodChange change) {
    long begin = System.nanoTime();
    mesh.session().transaction(CLASS, transaction -> write(transaction, keeper, change));
    spread.show(change.id(), begin);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private long write(Queries transaction, long keeper, GoodChange change) {
    Good before = transaction.queryOne(Good.class, SELECT + " WHERE g.id = :id", Map.of("id", change.id()))
        .orElseThrow(() -> new NotFound("there is no product " + change.id()));
    long changed = transaction.update(
        "UPDATE stock SET available = :stock, version = (SELECT max(version) FROM stock) + 1"
            + " WHERE product_id = :id AND version = :version", Map.of("stock", change.stock(), "id", change.id(),
                "version", change.version()));
    if (changed == 0) {
      throw new Conflict("somebody has bought or changed " + before.name()
          + " since you opened this page: look at the new values, then change them");
    }
    transaction.update("UPDATE goods SET price_cents = :price WHERE id = :id",
        Map.of("price", change.priceCents(), "id", change.id()));
    return transaction.update("INSERT INTO audit (user_id, what, product_id, before, after, created_at)"
        + " VALUES (:user, 'changed', :product, :before, :after, :now)",
        Map.of("user", keeper, "product", change.id(), "before", text(before.priceCents(), before.stock()), "after",
            text(change.priceCents(), change.stock()), "now", clock.instant()));
  }

  private static String text(long cents, long stock) {
    return cents + " cents, stock " + stock;
  }
}
