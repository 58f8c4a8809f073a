package dev.edge4j.examples.shop.web;

import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.NotFound;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Lines;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.CatalogueUnavailable;
import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.examples.shop.catalogue.Listing;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.catalogue.Siblings;
import dev.edge4j.examples.shop.chain.Answer;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.examples.shop.reviews.Reviews;
import dev.edge4j.http.Response;
import dev.edge4j.render.site.MarkdownTwin;
import dev.edge4j.render.Late;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A product: pictures, variants, stock, what goes with it, what customers think of it. The last is at the origin: the page does not wait for it,
 * and is sent what is late where it belongs. An address that asks for a page of them waits for it.
 */
final class ProductPage {
  private static final int RELATED = 4;
  private static final int FEW = 10;
  private static final int MAX_REVIEW_PAGE = 1_000;

  /** How long a page stays open for its reviews. */
  private static final Duration REVIEWS = Duration.ofSeconds(3);

  /**
   * The model of the page.
   *
   * @param tell where the page tells that it is shown, if it was fetched ahead
   */
  record Model(Frame frame, long id, String name, String description, List<Link> crumbs, List<Photo> photos,
      String price,
      String currency, Stars stars, Optional<String> problem, boolean inStock, boolean few, long left, long most,
      Variants variants, boolean hasRelated, List<Tile> related, boolean hasSeen, List<Tile> seen,
      Late<ReviewsView> reviews, boolean loggedIn, ReviewForm form, String here,
      Optional<String> tell) {}

  private final Catalogue catalogue;
  private final Reviews reviews;
  private final Seen seen;
  private final Frames frames;

  ProductPage(Catalogue catalogue, Reviews reviews, Seen seen, Frames frames) {
    this.catalogue = catalogue;
    this.reviews = reviews;
    this.seen = seen;
    this.frames = frames;
  }

  /** The page as it is opened, which the visitor's cookie remembers. */
  Response opened(Context c) throws Exception {
    long id = c.param("id").asLong();
    return seen.remember(c, page(c, id, 200, Optional.empty(), ReviewForm.EMPTY), id);
  }

  /** Remembers a page that was fetched ahead, and says itself that it is shown now. */
  Response shown(Context c) throws Exception {
    long id = c.param("id").asLong();
    if (c.timed("catalog", () -> catalogue.look(id)).isEmpty()) {
      throw new NotFound("Product not found");
    }
    return seen.remember(c, c.empty().withHeader("Cache-Control", "private, no-store"), id);
  }

  /** Writes a review and leads back to it; what is wrong is said where it was typed. */
  Response review(Context c) throws Exception {
    long id = c.param("id").asLong();
    Shopper shopper = frames.shopper(c);
    if (shopper.account().isEmpty()) {
      return frames.redirect(c, "/login?next=/products/" + id + "%23reviews");
    }
    try {
      long stars = c.form("stars").asLong();
      String body = c.form("body").asString();
      c.timed("origin", () -> {
        reviews.write(shopper.required(), id, stars, body);
        return true;
      });
      return frames.redirect(c, "/products/" + id + "#reviews");
    } catch (BadRequest e) {
      return page(c, id, 400, Optional.empty(), ReviewForm.of(c, Frames.sentence(e.detail())));
    }
  }

  Response page(Context c, long id, int status, Optional<String> problem, ReviewForm form) throws Exception {
    int reviewPage = c.query("reviews").asInt(1);
    if (reviewPage < 1 || reviewPage > MAX_REVIEW_PAGE) {
      throw new BadRequest("reviews", "must be 1 to " + MAX_REVIEW_PAGE);
    }
    Answer<Product> found = Degraded.of(c)
        .told(c.timed("catalog", () -> catalogue.look(id))
            .orElseThrow(() -> new NotFound("Product not found")));
    Product product = found.value();
    Late<ReviewsView> opinions = Late.of(c, () -> ReviewsView.of(reviews.page(id, reviewPage), reviewPage))
        .within(REVIEWS)
        .orElse(ReviewsView.AWAY);
    List<Tile> related = related(c, product);
    List<Tile> looked = SeenTiles.of(c, catalogue, seen, frames, id);
    List<Crumb> way = way(product);
    Prices prices = frames.prices(c);
    Shopper shopper = frames.named(c);
    Frame frame = frames.frame(c, shopper, product.name(), product.description())
        .with(head -> Frames.at(head, "/products/" + id)
            .type("product")
            .image(product.pictureUrl(), product.name())
            .jsonLd(Facts.product(product, prices))
            .jsonLd(Facts.crumbs(way)));
    var model = new Model(frame, id, product.name(), product.description(), way.stream()
        .limit(way.size() - 1)
        .map(crumb -> new Link(crumb.path(), crumb.title(), false))
        .toList(), Photo.all(product), prices.text(product.priceCents()), prices.currency().getCurrencyCode(),
        Stars
            .of(product), problem, product.stock() > 0, product.stock() < FEW, product.stock(), Math.min(product
                .stock(), Lines.MAX_QUANTITY), Variants.of(product, siblings(c, product)), !related.isEmpty(), related,
        !looked
            .isEmpty(), looked, opinions, shopper.account().isPresent(), form, "/products/" + id, Seen.isAhead(c)
                ? Optional.of("/products/" + id + "/seen")
                : Optional.empty());
    boolean waits = c.query("reviews").isPresent(); // who asks for them may have a browser that shows nothing late
    Response page = MarkdownTwin.answer(c, () -> waits ? frames.page(c, status, "product", model)
        : frames.streamed(c, status, "product", model),
        () -> frames.page(c, status, "product.md", model));
    return ServedFrom.on(page, found);
  }

  private static List<Crumb> way(Product product) {
    Category category = Category.find(product.category()).orElseThrow();
    Listing shelf = Listing.newest(Optional.of(category.slug()));
    Optional<Crumb> kind = category.kind(product.kind())
        .map(each -> new Crumb(each.title(), ListUrl.of(shelf.on(shelf.category(), Optional.of(each.slug())))));
    Crumb self = new Crumb(product.name(), "/products/" + product.id());
    Crumb home = new Crumb("Shop", "/");
    Crumb parent = new Crumb(category.title(), ListUrl.of(shelf));
    return kind.map(each -> List.of(home, parent, each, self)).orElse(List.of(home, parent, self));
  }

  private Siblings siblings(Context c, Product product) {
    try {
      return catalogue.siblings(product).value();
    } catch (CatalogueUnavailable e) {
      Degraded.of(c).tell("variants", "We cannot show its variants just now.");
      return new Siblings(List.of(), List.of());
    }
  }

  /** Others of the shelf, without which a product can be shown as well. */
  private List<Tile> related(Context c, Product product) {
    try {
      return Tile.all(Degraded.of(c)
          .told(catalogue.page(Listing.newest(Optional.of(product.category()))))
          .value()
          .products()
          .stream()
          .filter(other -> other.id() != product.id())
          .limit(RELATED)
          .toList(), frames.prices(c), 0);
    } catch (CatalogueUnavailable e) {
      Degraded.of(c).tell("related", "We cannot show you what else is on this shelf.");
      return List.of();
    }
  }
}
