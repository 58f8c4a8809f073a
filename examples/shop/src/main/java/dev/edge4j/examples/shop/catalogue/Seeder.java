package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.data.DataMesh;
import dev.edge4j.data.Queries;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Fills an empty shop. What is sold, its stock, and the edge copy of both each come in one transaction: whoever is killed on
 * the way finds either nothing or all of it at the next start, and what is missing is made again, the same.
 */
public final class Seeder {
  private static final String ORIGIN = "orders";

  private final DataMesh mesh;
  private final EdgeCopy copy;

  public Seeder(DataMesh mesh, EdgeCopy copy) {
    this.mesh = mesh;
    this.copy = copy;
  }

  /** How many products there are. */
  public long products() {
    return count("goods");
  }

  /** Makes what is missing of {@code count} products and tells how far it has come; nothing to do is no error. */
  public void seed(int count, LongConsumer progress) {
    if (products() == 0) {
      long old = count("stock"); // of a shop that was opened before the origin knew the goods themselves
      int size = old == 0 ? count : Math.toIntExact(old);
      mesh.session().transaction(ORIGIN, transaction -> insertGoods(transaction, size, progress));
    }
    if (count("stock") == 0) {
      mesh.session().transaction(ORIGIN, transaction -> insertStock(transaction, Math.toIntExact(products())));
    }
    if (copy.readOne(Long.class, "SELECT count(*) FROM products").orElseThrow() == 0) {
      fillCopy();
    }
  }

  private static long insertGoods(Queries transaction, int count, LongConsumer progress) {
    var rows = new Rows(transaction, "goods", "id", "name", "description", "price_cents", "category", "picture",
        "created_at");
    long done = 0;
    for (Iterator<Product> all = CatalogueGenerator.products(count).iterator(); all.hasNext();) {
      Product p = all.next();
      rows.add(p.id(), p.name(), p.description(), p.priceCents(), p.category(), p.picture(), p.createdAt());
      done++;
      progress.accept(done);
    }
    rows.flush();
    return done;
  }

  private static long insertStock(Queries transaction, int count) {
    var rows = new Rows(transaction, "stock", "product_id", "available");
    CatalogueGenerator.products(count).forEach(p -> rows.add(p.id(), p.stock()));
    rows.flush();
    return count;
  }

  /** The position is read before the rows: what changes between the two is carried over once more. */
  private void fillCopy() {
    long position = mesh.session()
        .query(ORIGIN, Long.class, "SELECT max(version) FROM stock", Map.of())
        .getFirst();
    List<Product> all = mesh.session().query(ORIGIN, Product.class, "SELECT * FROM products", Map.of());
    copy.apply(transaction -> {
      var rows = new Rows(transaction, "products", "id", "name", "description", "price_cents", "category", "stock",
          "picture", "created_at");
      all.forEach(p -> rows.add(p.id(), p.name(), p.description(), p.priceCents(), p.category(), p.stock(), p.picture(),
          p.createdAt()));
      rows.flush();
      return transaction.update("UPDATE stock_feed SET position = :position", Map.of("position", position));
    });
  }

  private long count(String table) {
    return mesh.session().query(ORIGIN, Long.class, "SELECT count(*) FROM " + table, Map.of()).getFirst();
  }
}
