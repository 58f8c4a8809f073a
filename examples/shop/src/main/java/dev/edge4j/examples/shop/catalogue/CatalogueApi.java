package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.Context;
import dev.edge4j.NotFound;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.chain.Answer;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.http.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The catalogue for programs: {@code /api/products}. A page is {@code {products, page, total, edgeLocation}}, prices
 * are US dollars. Nothing in an answer depends on who asks, so shared caches may keep it for a minute, and for a day if the shop cannot
 * be asked; but not one that is stale here already, or they would show it as fresh.
 */
public final class CatalogueApi {
  private static final String FRESH = "public, max-age=60";
  private static final String SHARED = FRESH + ", stale-if-error=" + Catalogue.STALE_IF_ERROR.toSeconds();

  /** A page as JSON. */
  record Shelf(List<Item> products, int page, long total, String edgeLocation) {}

  /** A product as JSON. */
  record Item(long id, String name, String description, BigDecimal price, String currency, String category, long stock,
      String picture, Instant createdAt) {
    static Item of(Product p) {
      return new Item(p.id(), p.name(), p.description(), Prices.dollars(p.priceCents()), "USD", p.category(), p.stock(),
          p.pictureUrl(), p.createdAt());
    }
  }

  private final Catalogue catalogue;
  private final String region;

  public CatalogueApi(Catalogue catalogue, String region) {
    this.catalogue = catalogue;
    this.region = region;
  }

  /** Registers the routes. */
  public void routes(Routes api) {
    api.get("/products", this::list);
    api.get("/products/:id", this::product);
  }

  private Response list(Context c) throws Exception {
    Listing listing = Listing.of(c);
    Answer<Page> found = c.timed("catalog", () -> catalogue.page(listing));
    Page page = found.value();
    List<Item> items = page.products().stream().map(Item::of).toList();
    Response response = c.json(new Shelf(items, listing.page(), page.total(), region));
    return shared(response, found, listing.words().isEmpty() ? SHARED : FRESH);
  }

  private Response product(Context c) throws Exception {
    long id = c.param("id").asLong();
    Answer<Product> product = c.timed("catalog", () -> catalogue.look(id))
        .orElseThrow(() -> new NotFound("Product not found"));
    return shared(c.json(Item.of(product.value())).withHeader("Cache-Tag", Catalogue.tag(id)), product, SHARED);
  }

  private static Response shared(Response response, Answer<?> from, String cacheControl) {
    return ServedFrom.on(from.isOutOfDate() ? response.withHeader(ServedFrom.DEGRADED, Catalogue.CLASS) : response,
        from)
        .withHeader("Cache-Control", from.step().isStale() ? "no-store" : cacheControl);
  }
}
