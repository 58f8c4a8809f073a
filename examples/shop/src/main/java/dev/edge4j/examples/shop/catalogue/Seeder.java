package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.data.DataMesh;
import dev.edge4j.data.Queries;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an empty shop. What is sold, what customers think of it, its stock, and the edge copy each come in one transaction: whoever is killed on
 * the way finds either nothing or all of it at the next start, and what is missing is made again, the same.
 */
public final class Seeder {
  private static final String ORIGIN = "orders";

  private static final Logger LOG = LoggerFactory.getLogger(Seeder.class);

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
    if (count("reviews") == 0) {
      mesh.session().transaction(ORIGIN, transaction -> insertReviews(transaction, Math.toIntExact(products())));
    }
    if (count("stock") == 0) {
      mesh.session().transaction(ORIGIN, transaction -> insertStock(transaction, Math.toIntExact(products())));
    }
    if (copy.readOne(Long.class, "SELECT count(*) FROM products").orElseThrow() == 0) {
      fillCopy();
    }
    try {
      copy.prepare(CatalogueQueries.INDEX);
    } catch (IllegalArgumentException cannotSearch) {
      LOG.info("words are looked for one row after the other: {}", cannotSearch.getMessage());
    }
  }

  private static long insertGoods(Queries transaction, int count, LongConsumer progress) {
    var rows = new Rows(transaction, "goods", "id", "name", "description", "price_cents", "category", "picture",
        "created_at", "series", "material", "kind");
    long done = 0;
    for (Iterator<Product> all = CatalogueGenerator.products(count).iterator(); all.hasNext();) {
      Product p = all.next();
      rows.add(p.id(), p.name(), p.description(), p.priceCents(), p.category(), p.picture(), p.createdAt(), p
          .series(), p.material(), p.kind());
      done++;
      progress.accept(done);
    }
    rows.flush();
    return done;
  }

  private static long insertReviews(Queries transaction, int count) {
    var rows = new Rows(transaction, "reviews", "product_id", "author", "stars", "body", "created_at");
    CatalogueGenerator.products(count)
        .flatMap(ReviewGenerator::reviews)
        .forEach(r -> rows.add(r.productId(), r.author(), r.stars(), r.body(), r.createdAt()));
    rows.flush();
    return transaction.update(
        "UPDATE goods SET ratings = (SELECT count(*) FROM reviews r WHERE r.product_id = goods.id),"
            + " rating_sum = (SELECT coalesce(sum(stars), 0) FROM reviews r WHERE r.product_id = goods.id)", Map.of());
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
          "picture", "created_at", "series", "material", "kind", "ratings", "rating_sum");
      all.forEach(p -> rows.add(p.id(), p.name(), p.description(), p.priceCents(), p.category(), p.stock(), p.picture(),
          p.createdAt(), p.series(), p.material(), p.kind(), p.ratings(), p.ratingSum()));
      rows.flush();
      return transaction.update("UPDATE stock_feed SET position = :position", Map.of("position", position));
    });
  }

  private long count(String table) {
    return mesh.session().query(ORIGIN, Long.class, "SELECT count(*) FROM " + table, Map.of()).getFirst();
  }
}
