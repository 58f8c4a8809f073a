package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.data.DataMesh;
import dev.edge4j.data.Queries;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Fills an empty shop. The catalogue, and the stock at the origin, each come in one transaction: whoever is killed on
 * the way finds either nothing or all of it at the next start, and what is missing is made again, the same.
 */
public final class Seeder {
  private final DataMesh mesh;

  public Seeder(DataMesh mesh) {
    this.mesh = mesh;
  }

  /** How many products there are. */
  public long products() {
    return count(Catalogue.CLASS, "products");
  }

  /** Makes what is missing of {@code count} products and tells how far it has come; nothing to do is no error. */
  public void seed(int count, LongConsumer progress) {
    if (products() == 0) {
      mesh.session().transaction(Catalogue.CLASS, transaction -> insertProducts(transaction, count, progress));
    }
    if (count("orders", "stock") == 0) {
      mesh.session().transaction("orders", transaction -> insertStock(transaction, Math.toIntExact(products())));
    }
  }

  private static long insertProducts(Queries transaction, int count, LongConsumer progress) {
    long done = 0;
    for (Iterator<Product> all = CatalogueGenerator.products(count).iterator(); all.hasNext();) {
      Product p = all.next();
      transaction.update(
          "INSERT INTO products (id, name, description, price_cents, category, stock, picture, created_at)"
              + " VALUES (:id, :name, :description, :priceCents, :category, :stock, :picture, :createdAt)",
          Map.of("id", p.id(), "name", p.name(), "description", p.description(), "priceCents", p.priceCents(),
              "category", p.category(), "stock", p.stock(), "picture", p.picture(), "createdAt", p.createdAt()));
      done++;
      progress.accept(done);
    }
    return done;
  }

  private static long insertStock(Queries transaction, int count) {
    CatalogueGenerator.products(count)
        .forEach(p -> transaction.update("INSERT INTO stock (product_id, available) VALUES (:id, :stock)",
            Map.of("id", p.id(), "stock", p.stock())));
    return count;
  }

  private long count(String dataClass, String table) {
    return mesh.session().query(dataClass, Long.class, "SELECT count(*) FROM " + table, Map.of()).getFirst();
  }
}
