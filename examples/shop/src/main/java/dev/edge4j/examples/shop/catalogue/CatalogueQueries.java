package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.data.MeshSession;
import dev.edge4j.data.SearchIndex;
import dev.edge4j.data.StoreException;
import dev.edge4j.examples.shop.catalogue.Narrowing.Facet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the catalogue asks its stores. The same statements are answered by the edge copy and, where that fails, by the origin; only a search by
 * words is the edge copy's own, and without it words are looked for with LIKE.
 */
final class CatalogueQueries {
  /** What a search looks through: a word in the name counts more. */
  static final SearchIndex INDEX = new SearchIndex("products", "id", List.of("name", "description"));

  private static final int MAX_OTHERS = 12;

  private CatalogueQueries() {}

  /** A found row. */
  record Hit(long id) {}

  private record Prices(long least, long most) {}

  static Optional<Product> product(MeshSession session, long id) {
    return session.queryOne(Catalogue.CLASS, Product.class, "SELECT * FROM products WHERE id = :id", Map.of("id", id));
  }

  static long count(MeshSession session) {
    return session.query(Catalogue.CLASS, Long.class, "SELECT count(*) FROM products", Map.of()).getFirst();
  }

  static List<Long> ids(MeshSession session, long first, int limit) {
    return session.query(Catalogue.CLASS, Long.class, "SELECT id FROM products ORDER BY id LIMIT :limit OFFSET :first",
        Map.of("limit", limit, "first", first));
  }

  static Page page(MeshSession session, Listing listing) {
    Optional<List<Long>> found = found(session, listing.words());
    Narrowing narrowing = Narrowing.of(listing, found);
    if (found.isPresent() && listing.sort() == Sort.RELEVANCE) {
      return ranked(session, listing, narrowing, found.get());
    }
    long total = session.query(Catalogue.CLASS, Long.class, "SELECT count(*)" + narrowing.sql(), narrowing.args())
        .getFirst();
    Map<String, Object> args = narrowing.args();
    args.put("limit", Listing.LIMIT);
    args.put("offset", (listing.page() - 1) * Listing.LIMIT);
    return new Page(session.query(Catalogue.CLASS, Product.class, "SELECT *" + narrowing.sql() + " ORDER BY " + listing
        .sort()
        .sql() + " LIMIT :limit OFFSET :offset", args), total);
  }

  /** In the order of the search. */
  private static Page ranked(MeshSession session, Listing listing, Narrowing narrowing, List<Long> found) {
    Set<Long> left = new HashSet<>(session.query(Catalogue.CLASS, Long.class, "SELECT id" + narrowing.sql(), narrowing
        .args()));
    List<Long> all = found.stream().filter(left::contains).toList();
    List<Long> shown = all.stream().skip((listing.page() - 1L) * Listing.LIMIT).limit(Listing.LIMIT).toList();
    return new Page(inOrder(session, shown), all.size());
  }

  private static List<Product> inOrder(MeshSession session, List<Long> ids) {
    Map<Long, Product> rows = new HashMap<>();
    Listing all = Listing.newest(Optional.empty());
    session.query(Catalogue.CLASS, Product.class, "SELECT *" + Narrowing.of(all, Optional.of(ids)).sql(), Map.of())
        .forEach(product -> rows.put(product.id(), product));
    return ids.stream().map(rows::get).filter(Objects::nonNull).toList();
  }

  static Facets facets(MeshSession session, Listing listing) {
    Optional<List<Long>> found = found(session, listing.words());
    Narrowing shelf = Narrowing.of(listing, found, Facet.SHELF);
    List<Facets.Shelf> shelves = session.query(Catalogue.CLASS, Facets.Shelf.class,
        "SELECT category, kind, count(*) AS count" + shelf.sql() + " GROUP BY category, kind", shelf.args());
    Narrowing material = Narrowing.of(listing, found, Facet.MATERIAL);
    List<Facets.Count> materials = session.query(Catalogue.CLASS, Facets.Count.class,
        "SELECT material AS slug, count(*) AS count" + material.sql() + " GROUP BY material", material.args());
    Narrowing stock = Narrowing.of(listing, found, Facet.STOCK);
    long inStock = session.query(Catalogue.CLASS, Long.class, "SELECT count(*)" + stock.sql() + " AND stock > 0", stock
        .args()).getFirst();
    Narrowing price = Narrowing.of(listing, found, Facet.PRICE);
    Prices prices = session.query(Catalogue.CLASS, Prices.class, "SELECT coalesce(min(price_cents), 0) AS least,"
        + " coalesce(max(price_cents), 0) AS most" + price.sql(), price.args()).getFirst();
    return new Facets(shelves, materials, inStock, prices.least(), prices.most());
  }

  static Siblings siblings(MeshSession session, Product product) {
    List<Product> materials = session.query(Catalogue.CLASS, Product.class,
        "SELECT * FROM products WHERE kind = :kind AND series = :series AND category = :category ORDER BY material, id",
        Map.of("kind", product.kind(), "series", product.series(), "category", product.category()));
    List<Product> others = session.query(Catalogue.CLASS, Product.class,
        "SELECT * FROM products WHERE kind = :kind AND material = :material AND category = :category AND id <> :id"
            + " AND picture <> :picture ORDER BY (id + :id) % 7, id LIMIT :limit",
        Map.of("kind", product.kind(), "material", product.material(), "category", product.category(), "id", product
            .id(), "picture", product.picture(), "limit", MAX_OTHERS));
    return new Siblings(materials, others);
  }

  /** The best for what is being typed. */
  static List<Product> suggest(MeshSession session, String words, int limit) {
    Optional<List<Long>> found = found(session, words);
    if (found.isPresent()) {
      return inOrder(session, found.get().stream().limit(limit).toList());
    }
    Listing typed = new Listing(Optional.empty(), Optional.empty(), words, List.of(), PriceRange.ALL, false, Sort.NAME,
        1);
    return new ArrayList<>(page(session, typed).products().stream().limit(limit).toList());
  }

  /** The ids that a search by words finds, the best first; empty if there are no words, or none to search by. */
  private static Optional<List<Long>> found(MeshSession session, String words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(session.search(Catalogue.CLASS, INDEX, Hit.class, words, Listing.MOST_FOUND, 0)
          .stream()
          .map(Hit::id)
          .toList());
    } catch (IllegalArgumentException | StoreException cannotSearch) {
      return Optional.empty(); // one that has failed fails again at the statement that follows
    }
  }
}
