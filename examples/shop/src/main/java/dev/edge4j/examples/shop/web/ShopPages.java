package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.NotFound;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.cart.Lines;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.CatalogueUnavailable;
import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.examples.shop.catalogue.Listing;
import dev.edge4j.examples.shop.catalogue.Page;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.catalogue.Sort;
import dev.edge4j.examples.shop.chain.Answer;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Home, lists and products: what everybody may see, in each visitor's prices. */
public final class ShopPages {
  private static final int ON_HOME = 8;
  private static final int RELATED = 4;
  private static final int FEW = 10;

  /** The model of the home page. */
  record Home(Frame frame, String eyebrow, String headline, String lead, String call, List<String> stage,
      List<ShelfTile> shelves, List<Tile> tiles) {}

  record ShelfTile(String slug, String title, String line, String picture) {
    static ShelfTile of(Category category) {
      return new ShelfTile(category.slug(), category.title(), category.line(), category.pictureUrl());
    }
  }

  /** The model of a list. */
  record Shelf(Frame frame, String heading, String line, List<Link> sorts, boolean empty, List<Tile> tiles, int page,
      int pages, Optional<String> previous, Optional<String> next) {}

  record Link(String url, String title, boolean current) {}

  /** The model of a product's page. */
  record Detail(Frame frame, long id, String name, String description, Category category, String picture, String price,
      String currency, Optional<String> problem, boolean inStock, boolean few, long left, long most,
      boolean hasRelated, List<Tile> related) {}

  private final Catalogue catalogue;
  private final Frames frames;

  public ShopPages(Catalogue catalogue, Frames frames) {
    this.catalogue = catalogue;
    this.frames = frames;
  }

  /** Registers the routes. */
  public void routes(Routes app) {
    app.get("/", this::home);
    app.get("/products", this::list);
    app.get("/products/:id", c -> product(c, c.param("id").asLong(), 200, Optional.empty()));
  }

  private Response home(Context c) throws Exception {
    Answer<Page> newest = Degraded.of(c)
        .told(c.timed("catalog", () -> catalogue.page(Listing.newest(Optional.empty()))));
    Variant variant = frames.variant();
    Frame frame = frames.frame(c, variant.headline(), "A shop that answers from the edge: " + variant.lead());
    List<ShelfTile> shelves = Arrays.stream(Category.values()).map(ShelfTile::of).toList();
    List<String> stage = shelves.stream().map(ShelfTile::picture).limit(4).toList();
    String eyebrow = "Free delivery in " + frames.market(c).place();
    List<Tile> tiles = Tile.all(newest.value().products().stream().limit(ON_HOME).toList(), frames.prices(c));
    return ServedFrom.on(frames.page(c, "home", new Home(frame, eyebrow, variant.headline(), variant.lead(), variant
        .call(), stage, shelves, tiles)), newest);
  }

  private Response list(Context c) throws Exception {
    Listing listing = Listing.of(c);
    Answer<Page> found = Degraded.of(c).told(c.timed("catalog", () -> catalogue.page(listing)));
    Page page = found.value();
    Optional<Category> category = listing.category().flatMap(Category::find);
    String heading = listing.words().isEmpty() ? category.map(Category::title).orElse("All products")
        : "Results for “" + listing.words() + "”";
    String line = category.map(Category::line).orElse("Everything on eight shelves.") + " " + page.total()
        + " products.";
    List<Link> sorts = Arrays.stream(Sort.values())
        .map(sort -> new Link(url(listing, sort, 1), sort.title(), sort == listing.sort()))
        .toList();
    Optional<String> previous = listing.page() > 1 ? Optional.of(url(listing, listing.sort(), Math.min(listing.page()
        - 1, page.pages())))
        : Optional.empty();
    Optional<String> next = listing.page() < page.pages() ? Optional.of(url(listing, listing.sort(), listing.page()
        + 1))
        : Optional.empty();
    var model = new Shelf(frames.frame(c, heading, line), heading, line, sorts, page.products().isEmpty(), Tile.all(page
        .products(), frames.prices(c)), listing.page(), page.pages(), previous, next);
    return ServedFrom.on(frames.page(c, "list", model), found);
  }

  /** The page of a product, with what went wrong if it was not just opened. */
  Response product(Context c, long id, int status, Optional<String> problem) throws Exception {
    Answer<Product> found = Degraded.of(c)
        .told(c.timed("catalog", () -> catalogue.look(id))
            .orElseThrow(() -> new NotFound("Product not found")));
    Product product = found.value();
    Category category = Category.find(product.category()).orElseThrow();
    List<Product> related = related(c, product);
    Prices prices = frames.prices(c);
    Frame frame = frames.frame(c, product.name(), product.description());
    var model = new Detail(frame, id, product.name(), product.description(), category, product.pictureUrl(),
        prices.text(product.priceCents()), frames.market(c).currency().getCurrencyCode(), problem, product.stock() > 0,
        product.stock() < FEW, product.stock(), Math.min(product.stock(), Lines.MAX_QUANTITY), !related
            .isEmpty(), Tile.all(related, prices));
    return ServedFrom.on(frames.page(c, status, "product", model), found);
  }

  /** Others of the shelf, without which a product can be shown as well. */
  private List<Product> related(Context c, Product product) {
    try {
      return Degraded.of(c)
          .told(catalogue.page(Listing.newest(Optional.of(product.category()))))
          .value()
          .products()
          .stream()
          .filter(other -> other.id() != product.id())
          .limit(RELATED)
          .toList();
    } catch (CatalogueUnavailable e) {
      Degraded.of(c).tell("related", "We cannot show you what else is on this shelf.");
      return List.of();
    }
  }

  private static String url(Listing listing, Sort sort, int page) {
    var url = new StringBuilder("/products?sort=").append(sort.slug());
    listing.category().ifPresent(category -> url.append("&category=").append(category));
    if (!listing.words().isEmpty()) {
      url.append("&q=").append(URLEncoder.encode(listing.words(), StandardCharsets.UTF_8));
    }
    return (page == 1 ? url : url.append("&page=").append(page)).toString();
  }
}
