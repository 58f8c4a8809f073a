package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.HttpError;
import dev.edge4j.NotFound;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.cart.Lines;
import dev.edge4j.examples.shop.cart.PricedCart;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.examples.shop.orders.Checkout;
import dev.edge4j.examples.shop.orders.IdempotencyKey;
import dev.edge4j.examples.shop.orders.Order;
import dev.edge4j.examples.shop.orders.Orders;
import dev.edge4j.examples.shop.orders.PricesChanged;
import dev.edge4j.http.Response;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** From the cart to an order, and the orders there are. All of it for who is logged in. */
public final class OrderPages {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
      .withZone(ZoneOffset.UTC);

  /**
   * The model of the checkout.
   *
   * @param key what makes a form sent twice one order
   * @param seen what the visitor sees and agrees to
   * @param agreed the total of it in US cents
   */
  record Review(Frame frame, Optional<String> problem, List<LineView> lines, String count, String total, String dollars,
      String key, String seen, long agreed) {}

  /** The model of an order. */
  record Receipt(Frame frame, long id, String date, String status, List<LineView> lines, String total) {}

  /** The model of all orders. */
  record History(Frame frame, boolean empty, List<Entry> orders) {}

  record Entry(long id, String date, String count, String status, String total) {}

  private final Checkout checkout;
  private final Orders orders;
  private final Carts carts;
  private final Catalogue catalogue;
  private final Frames frames;

  public OrderPages(Checkout checkout, Orders orders, Carts carts, Catalogue catalogue, Frames frames) {
    this.checkout = checkout;
    this.orders = orders;
    this.carts = carts;
    this.catalogue = catalogue;
    this.frames = frames;
  }

  /** Registers the routes that read the origin and the one that writes it. */
  public void routes(Routes origin) {
    origin.get("/checkout", c -> review(c, 200, Optional.empty()));
    origin.post("/checkout", this::place);
    origin.get("/orders", this::history);
    origin.get("/orders/:id", this::receipt);
  }

  private Response review(Context c, int status, Optional<String> problem) throws Exception {
    Shopper shopper = frames.shopper(c);
    if (shopper.account().isEmpty()) {
      return frames.redirect(c, "/login?next=/checkout");
    }
    Lines lines = carts.view(shopper);
    if (lines.empty()) {
      return frames.redirect(c, "/cart");
    }
    PricedCart cart = Degraded.of(c).told(PricedCart.of(lines, catalogue));
    Prices prices = frames.prices(c);
    Frame frame = frames.frame(c, "Check out", "Look once more, then order.");
    return frames.page(c, status, "checkout", new Review(frame, problem, LineView.all(cart, prices), LineView.things(
        cart
            .count()), LineView.sum(cart, prices), "US$" + Prices.dollars(cart.totalCents()), UUID.randomUUID()
                .toString(),
        lines.stamp(), cart.totalCents()));
  }

  private Response place(Context c) throws Exception {
    Shopper shopper = frames.shopper(c);
    if (shopper.account().isEmpty()) {
      return frames.redirect(c, "/login?next=/checkout");
    }
    IdempotencyKey key = IdempotencyKey.ofForm(c.form("key").asString());
    try {
      boolean isNew = orders.replay(shopper.required().id(), key).isEmpty();
      Optional<String> agreed = c.form("seen").text();
      if (isNew && agreed.isPresent() && !agreed.get().equals(carts.view(shopper).stamp())) {
        return review(c, 409, Optional.of("Your cart has changed in another window. Look once more, then order."));
      }
      Orders.Placed placed = c.timed("origin", () -> checkout.orderCart(c, shopper, key, agreedCents(c)));
      return frames.redirect(c, "/orders/" + placed.order().id());
    } catch (PricesChanged e) {
      checkout.lookAgain(); // or the page would show the same prices once more
      return review(c, e.status(), Optional.of(Frames.sentence(e.detail())));
    } catch (HttpError e) {
      return review(c, e.status(), Optional.of(Frames.sentence(e.detail())));
    }
  }

  private static OptionalLong agreedCents(Context c) {
    return c.form("agreed").text().isPresent() ? OptionalLong.of(c.form("agreed").asLong()) : OptionalLong.empty();
  }

  private Response history(Context c) throws Exception {
    Shopper shopper = frames.shopper(c);
    if (shopper.account().isEmpty()) {
      return frames.redirect(c, "/login?next=/orders");
    }
    Prices prices = frames.prices(c);
    List<Entry> all = c.timed("origin", () -> orders.list(shopper.required().id()))
        .stream()
        .map(order -> new Entry(order.id(), DATE.format(order.createdAt()), LineView.things(order.lines()
            .stream()
            .mapToInt(line -> line.quantity())
            .sum()), order.status(), LineView.sum(order, prices)))
        .toList();
    Frame frame = frames.frame(c, "Your orders", "What you have ordered so far.");
    return frames.page(c, "orders", new History(frame, all.isEmpty(), all));
  }

  private Response receipt(Context c) throws Exception {
    Shopper shopper = frames.shopper(c);
    long id = c.param("id").asLong();
    if (shopper.account().isEmpty()) {
      return frames.redirect(c, "/login?next=/orders/" + id);
    }
    Order order = c.timed("origin", () -> orders.find(shopper.required().id(), id))
        .orElseThrow(() -> new NotFound("you have no order " + id));
    Prices prices = frames.prices(c);
    Frame frame = frames.frame(c, "Order " + id, "What you have ordered.");
    return frames.page(c, "order", new Receipt(frame, id, DATE.format(order.createdAt()), order.status(), LineView.all(
        order, prices), LineView.sum(order, prices)));
  }
}
