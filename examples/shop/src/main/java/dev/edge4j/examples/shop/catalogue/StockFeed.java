package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.data.DataMesh;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Carries stock from the origin, which decides it, to the edge copy, which shows it. The position is kept with the
 * rows, in one transaction, so that a stop at any moment loses no change. Safe for use by many threads.
 */
public final class StockFeed {
  private static final int BATCH = 500;

  /** How much of a product is left at the origin, as of that version. */
  record Change(long productId, long available, long version) {}

  private final DataMesh mesh;
  private final Catalogue catalogue;
  private final ReentrantLock lock = new ReentrantLock();

  public StockFeed(DataMesh mesh, Catalogue catalogue) {
    this.mesh = mesh;
    this.catalogue = catalogue;
  }

  /** Brings the edge copy up to the present state of the origin. */
  public void pull() {
    lock.lock();
    try {
      List<Change> changes;
      do {
        changes = next();
        apply(changes);
      } while (changes.size() == BATCH);
    } finally {
      lock.unlock();
    }
  }

  private List<Change> next() {
    long position = mesh.session()
        .query(Catalogue.CLASS, Long.class, "SELECT position FROM stock_feed", Map.of())
        .getFirst();
    return mesh.session()
        .query("orders", Change.class, "SELECT product_id, available, version FROM stock WHERE version > :position"
            + " ORDER BY version LIMIT :limit", Map.of("position", position, "limit", BATCH));
  }

  private void apply(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    mesh.session().transaction(Catalogue.CLASS, transaction -> {
      for (Change change : changes) {
        transaction.update("UPDATE products SET stock = :stock WHERE id = :id",
            Map.of("stock", change.available(), "id", change.productId()));
      }
      return transaction.update("UPDATE stock_feed SET position = :position",
          Map.of("position", changes.getLast().version()));
    });
    catalogue.changed(changes.stream().map(Change::productId).toList());
  }
}
