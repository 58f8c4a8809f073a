package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.cache.Cache;
import dev.edge4j.cache.CacheResult;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.Migrations;
import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the edge copy of the catalogue, through a cache of memory and key-value store. What it shows may be some
 * seconds old; an order is decided by the origin. Safe for use by many threads.
 */
public final class Catalogue {
  /** The class of data in the mesh. */
  public static final String CLASS = "catalog";

  /** The tables of the edge copy. */
  public static final Migrations MIGRATIONS = Migrations.resources(Catalogue.class, "1_catalogue.sql");

  private final DataMesh mesh;
  private final Cache<String, Page> pages;
  private final Cache<Long, Product> products;

  public Catalogue(DataMesh mesh, KvStore kv) {
    this.mesh = mesh;
    this.pages = Cache.<String, Page>named("page")
        .freshFor(Duration.ofMinutes(1))
        .staleFor(Duration.ofMinutes(10))
        .tags(page -> page.products().stream().map(product -> tag(product.id())).toList())
        .memory(2_000)
        .kv(kv, Page.class)
        .build();
    this.products = Cache.<Long, Product>named("product")
        .freshFor(Duration.ofMinutes(5))
        .staleFor(Duration.ofHours(1))
        .negativeFor(Duration.ofSeconds(10))
        .memory(10_000)
        .kv(kv, Product.class)
        .build();
  }

  /** A page, and how the cache came by it. */
  public CacheResult<Page> page(Listing listing) {
    return pages.lookup(listing.key(), _ -> load(listing));
  }

  /** A product as the edge knows it. */
  public Optional<Product> product(long id) {
    return products.find(id, this::load);
  }

  /** The products of these ids that there are, by id. */
  public Map<Long, Product> products(Collection<Long> ids) {
    Map<Long, Product> found = new TreeMap<>();
    ids.forEach(id -> product(id).ifPresent(product -> found.put(id, product)));
    return found;
  }

  /** Forgets what the cache knows of these products, because their stock has changed. */
  void changed(Collection<Long> ids) {
    ids.forEach(id -> {
      products.invalidate(id);
      pages.invalidateTag(tag(id));
    });
  }

  private Optional<Product> load(long id) {
    return mesh.session().queryOne(CLASS, Product.class, "SELECT * FROM products WHERE id = :id", Map.of("id", id));
  }

  private Page load(Listing listing) {
    Map<String, Object> chosen = new TreeMap<>();
    var where = new StringBuilder(" FROM products WHERE 1 = 1");
    listing.category().ifPresent(category -> {
      where.append(" AND category = :category");
      chosen.put("category", category);
    });
    if (!listing.words().isEmpty()) {
      where.append(" AND name LIKE :pattern ESCAPE '\\'");
      chosen.put("pattern", listing.pattern());
    }
    long total = mesh.session().query(CLASS, Long.class, "SELECT count(*)" + where, chosen).getFirst();
    chosen.put("limit", Listing.LIMIT);
    chosen.put("offset", (listing.page() - 1) * Listing.LIMIT);
    List<Product> rows = mesh.session()
        .query(CLASS, Product.class, "SELECT *" + where + " ORDER BY " + listing.sort().sql()
            + " LIMIT :limit OFFSET :offset", chosen);
    return new Page(rows, total);
  }

  private static String tag(long id) {
    return "product:" + id;
  }
}
