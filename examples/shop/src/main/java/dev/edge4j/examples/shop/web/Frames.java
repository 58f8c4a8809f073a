package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.examples.shop.accounts.Accounts;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.examples.shop.money.Market;
import dev.edge4j.examples.shop.money.Markets;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import dev.edge4j.state.ObjectException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the frame of a page for who is looking, and the page a response that no shared cache keeps. */
public final class Frames {
  /** The cookie that holds the country a visitor picked. */
  public static final String MARKET = "market";

  private static final Logger LOG = LoggerFactory.getLogger(Frames.class);

  private final Accounts accounts;
  private final Carts carts;
  private final Assets assets;
  private final String region;
  private final Variant variant;

  public Frames(Accounts accounts, Carts carts, Assets assets, String region, Variant variant) {
    this.accounts = accounts;
    this.carts = carts;
    this.assets = assets;
    this.region = region;
    this.variant = variant;
  }

  /** Who sends the request. */
  Shopper shopper(Context c) {
    return Shopper.of(c, accounts);
  }

  /** Where the visitor shops: the market picked, else that of the country. */
  Market market(Context c) {
    return Markets.choose(c.cookie(MARKET), c.geo());
  }

  Prices prices(Context c) {
    return Markets.prices(market(c));
  }

  Variant variant() {
    return variant;
  }

  /** The frame of a page of that title. */
  Frame frame(Context c, String title, String description) throws Exception {
    Shopper shopper = named(c);
    Market market = market(c);
    String category = c.query("category").orElse("");
    List<Frame.Shelf> shelves = Arrays.stream(Category.values())
        .map(shelf -> new Frame.Shelf(shelf.slug(), shelf.title(), shelf.slug().equals(category)))
        .toList();
    List<Frame.Choice> choices = Markets.all()
        .stream()
        .map(each -> new Frame.Choice(each.country(), each.name(), each.currency().getCurrencyCode(), each.equals(
            market)))
        .toList();
    String count = cartCount(c, shopper);
    return new Frame(title, description, canonical(c), here(c), c.query("q").orElse(""), shopper.account(), count,
        Degraded.of(c).notice(), shelves, choices, assets, region, variant.label());
  }

  /** Who sends the request; without a name if the accounts cannot be read, because neither page nor cart fails for want of one. */
  Shopper named(Context c) {
    return Shopper.orUnnamed(c, accounts, e -> {
      LOG.warn("a page without the visitor's name: {}", e.getMessage());
      Degraded.of(c).tell("account", "You are logged in, but we cannot look up your name just now.");
    });
  }

  private String cartCount(Context c, Shopper shopper) throws Exception {
    try {
      return String.valueOf(c.timed("cart", () -> carts.view(shopper)).count());
    } catch (ObjectException | UncheckedIOException e) {
      LOG.warn("a page without the visitor's cart: {}", e.getMessage());
      Degraded.of(c).tell("cart", "We cannot look into your cart just now. What is in it stays there.");
      return "–";
    }
  }

  /** Renders a page for this visitor alone. */
  Response page(Context c, int status, String template, Object model) throws Exception {
    return Degraded.of(c).on(c.render(status, template, model).withHeader("Cache-Control", "private, no-cache"));
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

  /** The address that stands for this page and its other orders; whole where the client said how it reached us. */
  private static String canonical(Context c) {
    String host = c.header("Host").map(name -> c.request().scheme() + "://" + name).orElse("");
    Optional<String> category = c.query("category").text().map(slug -> "category=" + slug);
    Optional<String> page = c.query("page")
        .text()
        .filter(number -> !number.equals("1"))
        .map(number -> "page=" + number);
    String query = Stream.concat(category.stream(), page.stream()).collect(Collectors.joining("&"));
    return host + c.path() + (query.isEmpty() ? "" : "?" + query);
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
