package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.examples.shop.edge.EdgeBar;
import dev.edge4j.examples.shop.edge.Trace;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.examples.shop.money.ShopMarkets;
import dev.edge4j.examples.shop.text.Typed;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import dev.edge4j.render.asset.Assets;
import dev.edge4j.render.head.Head;
import dev.edge4j.render.head.Site;
import dev.edge4j.render.market.Market;
import dev.edge4j.render.market.Markets;
import dev.edge4j.render.site.MarkdownTwin;
import dev.edge4j.state.ObjectException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the frame of a page for who is looking, and the page a response that no shared cache keeps. */
public final class Frames {
  /** The shop's sign. */
  static final String ICON = "icon.svg";

  /** The style sheets of every page. */
  private static final String[] STYLES = {"app.css", "catalogue.css", "cart.css"};

  private static final Logger LOG = LoggerFactory.getLogger(Frames.class);

  private final Shopper.Door door;
  private final Carts carts;
  private final Supplier<Optional<Duration>> behind;
  private final Assets assets;
  private final String region;
  private final Variant variant;

  private final ShopSite site;

  /** Frames that say how old the edge copy is while {@code behind} gives an age, as it does when the origin is away. */
  public Frames(Shopper.Door door, Carts carts, Assets assets, ShopSite site, String region, Variant variant,
      Supplier<Optional<Duration>> behind) {
    this.site = site;
    this.behind = behind;
    this.door = door;
    this.carts = carts;
    this.assets = assets;
    this.region = region;
    this.variant = variant;
  }

  /** Who sends the request. */
  Shopper shopper(Context c) {
    return Shopper.of(c, door);
  }

  /** Where the visitor shops, as the gate found. */
  Market market(Context c) {
    return Markets.of(c);
  }

  Prices prices(Context c) {
    return Prices.of(market(c));
  }

  Variant variant() {
    return variant;
  }

  /** The frame of a page of that title, for this visitor. */
  Frame frame(Context c, String title, String description) throws Exception {
    return frame(c, named(c), title, description);
  }

  /** The same, for who is known already. */
  Frame frame(Context c, Shopper shopper, String title, String description) throws Exception {
    return frame(c, title, description, own(c, shopper));
  }

  /** The frame of a page that is kept for those who see the same, with places for what is each visitor's own. */
  Frame shared(Context c, String title, String description) {
    return frame(c, title, description, Own.PLACES);
  }

  private Frame frame(Context c, String title, String description, Own own) {
    Market market = market(c);
    String category = c.query("category").orElse("");
    List<Frame.Shelf> shelves = Arrays.stream(Category.values())
        .map(shelf -> new Frame.Shelf(shelf.slug(), shelf.title(), shelf.slug().equals(category)))
        .toList();
    List<Frame.Choice> choices = ShopMarkets.ALL.all()
        .stream()
        .map(each -> new Frame.Choice(each.country(), ShopMarkets.name(each), each.currency().getCurrencyCode(), each
            .equals(market)))
        .toList();
    return new Frame(head(c, title, description), here(c), Typed.withoutControls(c.query("q").orElse("")), own, shelves,
        choices, region,
        variant.label(), Scheme.of(c));
  }

  /** What is this visitor's own, with what the page has been told so far that it has to do without. */
  Own own(Context c) throws Exception {
    return own(c, named(c));
  }

  private Own own(Context c, Shopper shopper) throws Exception {
    var visitor = new Own.Visitor(shopper.account(), cartCount(c, shopper));
    behind.get().ifPresent(Degraded.of(c)::originAway);
    return Own.of(visitor, elsewhere(c, market(c)), Degraded.of(c).notice(), EdgeBar.hole("edge", c));
  }

  /** Who sends the request; without a name if the accounts cannot be read, because neither page nor cart fails for want of one. */
  Shopper named(Context c) {
    return Shopper.orUnnamed(c, door, e -> {
      LOG.warn("a page without the visitor's name: {}", e.getMessage());
      Degraded.of(c).tell("account", "You are logged in, but we cannot look up your name just now.");
    });
  }

  private String cartCount(Context c, Shopper shopper) throws Exception {
    try {
      if (!shopper.isNew()) {
        Trace.of(c).ifPresent(trace -> trace.cart(carts.name(shopper)));
      }
      return String.valueOf(c.timed("cart", () -> carts.view(shopper)).count());
    } catch (ObjectException | UncheckedIOException e) {
      LOG.warn("a page without the visitor's cart: {}", e.getMessage());
      Degraded.of(c).tell("cart", "We cannot look into your cart just now. What is in it stays there.");
      return "–";
    }
  }

  /** Renders a page for this visitor alone. */
  Response page(Context c, int status, String template, Object model) throws Exception {
    return mine(c, c.render(status, template, model));
  }

  /** The same, of which what is late may come later. */
  Response streamed(Context c, int status, String template, Object model) throws Exception {
    return mine(c, c.stream(status, template, model));
  }

  /** The response, as one for this visitor alone. */
  Response mine(Context c, Response response) {
    Response linked = response;
    for (String link : assets.preload(STYLES).all("Link")) {
      linked = linked.withAddedHeader("Link", link);
    }
    return Degraded.of(c).on(linked.withHeader("Cache-Control", "private, no-cache"));
  }

  /** The page, or the Markdown of it for a program that would rather read that. */
  Response twin(Context c, String template, Object model) throws Exception {
    return MarkdownTwin.answer(c, () -> page(c, template, model), () -> page(c, template + ".md", model));
  }

  Response page(Context c, String template, Object model) throws Exception {
    return page(c, 200, template, model);
  }

  /** Sends the browser on with GET, privately. */
  Response redirect(Context c, String location) {
    return c.redirect(location).withHeader("Cache-Control", "private, no-store");
  }

  /** A path of our own to go back to; anything else, another site above all, becomes the fallback. */
  static String local(Optional<String> path, String fallback) {
    return path.filter(text -> text.startsWith("/") && !text.startsWith("//") && text.length() < 500
        && text.chars().allMatch(ch -> ch > ' ' && ch < 127 && ch != '\\')).orElse(fallback);
  }

  /** The shop's own address, for an answer to this request. */
  Site site(Context c) {
    return site.of(c);
  }

  /** What is said of a page that says nothing else of itself. */
  private Head head(Context c, String title, String description) {
    String path = c.path();
    String icon = assets.url(ICON);
    Head head = Head.of(site(c), title)
        .description(description)
        .canonical(path)
        .alternate("en", path)
        .alternateDefault(path)
        .property("og:image", site(c).absolute(icon))
        .icon(icon);
    for (String style : STYLES) {
      head = head.stylesheet(assets.url(style));
    }
    return head;
  }

  /** One address, in its one language, stands for all that the page can be had by. */
  static Head at(Head head, String address) {
    return head.canonical(address).alternate("en", address).alternateDefault(address);
  }

  /** The market of the country the request comes from, if the visitor shops in another one. */
  private static Optional<Own.Elsewhere> elsewhere(Context c, Market market) {
    return c.geo()
        .country()
        .flatMap(country -> ShopMarkets.ALL.in(country).stream().findFirst())
        .filter(there -> !there.equals(market))
        .map(there -> new Own.Elsewhere(there.country(), ShopMarkets.place(there), there.currency().getCurrencyCode(),
            here(c)));
  }

  /** A message of an error as a sentence on a page. */
  static String sentence(String detail) {
    String text = detail.isEmpty() ? "That did not work" : detail;
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + (text.endsWith(".") ? "" : ".");
  }

  /** Where a form of this page comes back to: here, or home from a page that cannot be had by GET. */
  private static String here(Context c) {
    String raw = c.request().target().raw();
    return c.method().equals(Method.GET) ? local(Optional.of(raw), "/") : "/";
  }
}
