package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.examples.shop.catalogue.Listing;
import dev.edge4j.examples.shop.catalogue.Page;
import dev.edge4j.examples.shop.chain.Answer;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.examples.shop.money.ShopMarkets;
import dev.edge4j.http.Response;
import dev.edge4j.render.Hole;
import dev.edge4j.render.SegmentedPage;
import dev.edge4j.render.Views;
import dev.edge4j.render.head.Site;
import dev.edge4j.render.market.Market;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The first page: a hero in one of two versions, where the visitor is, the shelves, what is new. All who shop in one place, in one colour scheme, see the same, which is
 * rendered once; what is each visitor's own is filled in.
 */
final class HomePage {
  private static final int ON_HOME = 8;
  private static final String LOOKED = "looked";

  /** The model of the page. */
  record Home(Frame frame, String headline, String lead, String call, List<String> stage, String place,
      String currency, String region, List<ShelfTile> shelves, List<Tile> tiles, Hole<Optional<Looked>> looked) {}

  /** What the visitor has looked at. */
  record Looked(List<Tile> tiles) {}

  /** What a page depends on beside what is new in the catalogue. */
  private record Key(Site site, Market market, Scheme scheme) {}

  /** A shelf of the shop, and what stands on it. */
  record ShelfTile(String slug, String title, String line, String picture, List<Link> kinds) {
    private static final int SHOWN = 3;

    static ShelfTile of(Category category) {
      return new ShelfTile(category.slug(), category.title(), category.line(), category.pictureUrl(), category.kinds()
          .stream()
          .limit(SHOWN)
          .map(kind -> new Link("/products?category=" + category.slug() + "&kind=" + kind.slug(), kind.title(), false))
          .toList());
    }
  }

  private final Catalogue catalogue;
  private final Seen seen;
  private final Frames frames;
  private final Views views;
  private final SharedPages kept = new SharedPages();

  HomePage(Catalogue catalogue, Seen seen, Frames frames, Views views) {
    this.catalogue = catalogue;
    this.seen = seen;
    this.frames = frames;
    this.views = views;
  }

  Response page(Context c) throws Exception {
    Answer<Page> newest = Degraded.of(c)
        .told(c.timed("catalog", () -> catalogue.page(Listing.newest(Optional.empty()))));
    List<Tile> tiles = SeenTiles.of(c, catalogue, seen, frames, 0);
    Optional<Looked> looked = tiles.isEmpty() ? Optional.empty() : Optional.of(new Looked(tiles));
    Own own = frames.own(c);
    Response page = shared(c, newest.value())
        .serve(c, own.visitor(), own.elsewhere(), own.notice(), Hole.value(LOOKED, looked), own.edge());
    return ServedFrom.on(frames.mine(c, page), newest);
  }

  /** An address with anything more than the path is in the page, which then is for this request alone. */
  private SegmentedPage shared(Context c, Page newest) throws Exception {
    return c.request().target().raw().equals("/")
        ? kept.of(new Key(frames.site(c), frames.market(c), Scheme.of(c)), newest, () -> made(c, newest))
        : made(c, newest);
  }

  private SegmentedPage made(Context c, Page newest) throws Exception {
    Variant variant = frames.variant();
    Market market = frames.market(c);
    Frame frame = frames.shared(c, variant.headline(), "A shop that answers from the edge: " + variant.lead())
        .with(head -> head.jsonLd(Facts.site(frames.site(c))));
    List<ShelfTile> shelves = Arrays.stream(Category.values()).map(ShelfTile::of).toList();
    List<String> stage = shelves.stream().map(ShelfTile::picture).limit(4).toList();
    List<Tile> tiles = Tile.all(newest.products().stream().limit(ON_HOME).toList(), frames.prices(c), 0);
    var home = new Home(frame, variant.headline(), variant.lead(), variant.call(), stage, ShopMarkets.place(market),
        market.currency().getCurrencyCode(), frame.region(), shelves, tiles, Hole.named(LOOKED));
    return c.timed("render", () -> views.segments("home", home));
  }
}
