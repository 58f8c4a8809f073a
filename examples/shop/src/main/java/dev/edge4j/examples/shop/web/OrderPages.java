package dev.edge4j.examples.shop.web;

import dev.edge4j.Conflict;
import dev.edge4j.Context;
import dev.edge4j.NotFound;
import dev.edge4j.Routes;
import dev.edge4j.data.StoreException;
import dev.edge4j.examples.shop.accounts.Address;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.cart.QueuedOrder;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.examples.shop.orders.Checkout;
import dev.edge4j.examples.shop.orders.Order;
import dev.edge4j.examples.shop.orders.Orders;
import dev.edge4j.http.Response;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The orders of who is logged in: all of them, one, and taking one back. */
public final class OrderPages {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
      .withZone(ZoneOffset.UTC);

  /**
   * The model of an order.
   *
   * @param charged how much, in US dollars, whatever the market is; nothing for an order that was cancelled
   */
  record Receipt(Frame frame, Optional<String> problem, long id, String date, String status, boolean cancellable,
      List<LineView> lines, Totals totals, Optional<String> charged, Optional<Address> address) {}

  /**
   * The model of all orders.
   *
   * @param waiting those that the origin does not know yet, or would not have
   */
  record History(Frame frame, boolean empty, List<QueuePages.Entry> waiting, List<Entry> orders) {}

  record Entry(long id, String date, String count, String status, Optional<String> charged, String total) {}

  private final Checkout checkout;
  private final Orders orders;
  private final Carts carts;
  private final Frames frames;

  public OrderPages(Checkout checkout, Orders orders, Carts carts, Frames frames) {
    this.checkout = checkout;
    this.orders = orders;
    this.carts = carts;
    this.frames = frames;
  }

  /** Registers the routes. */
  public void routes(Routes origin) {
    origin.get("/orders", this::history);
    origin.get("/orders/:id", c -> receipt(c, 200, Optional.empty()));
    origin.post("/orders/:id/cancel", this::cancel);
  }

  private Response history(Context c) throws Exception {
    Shopper shopper = frames.named(c);
    if (shopper.account().isEmpty()) {
      return frames.redirect(c, "/login?next=/orders");
    }
    List<QueuePages.Entry> waiting = carts.of(shopper)
        .queued()
        .stream()
        .filter(order -> order.state() != QueuedOrder.State.CONFIRMED)
        .map(QueuePages.Entry::of)
        .toList();
    Prices prices = frames.prices(c);
    List<Entry> all = c.timed("origin", () -> known(c, shopper)).stream().map(order -> entry(order, prices)).toList();
    Frame frame = frames.frame(c, "Your orders", "What you have ordered so far.");
    return frames.page(c, "orders", new History(frame, all.isEmpty() && waiting.isEmpty(), waiting, all));
  }

  private List<Order> known(Context c, Shopper shopper) {
    try {
      return orders.list(shopper.required().id());
    } catch (StoreException e) {
      Degraded.of(c).tell("orders", "We cannot look up your orders just now. They are safe, and so is what waits.");
      return List.of();
    }
  }

  private static Entry entry(Order order, Prices prices) {
    Totals totals = Totals.of(order, prices);
    return new Entry(order.id(), date(order.createdAt()), totals.count(), word(order), charged(order, totals), totals
        .total());
  }

  private Response receipt(Context c, int status, Optional<String> problem) throws Exception {
    Shopper shopper = frames.named(c);
    long id = c.param("id").asLong();
    if (shopper.account().isEmpty()) {
      return frames.redirect(c, "/login?next=/orders/" + id);
    }
    Order order = c.timed("origin", () -> orders.find(shopper.required().id(), id))
        .orElseThrow(() -> new NotFound("you have no order " + id));
    Prices prices = frames.prices(c);
    Frame frame = frames.frame(c, "Order " + id, "What you have ordered.");
    Totals totals = Totals.of(order, prices);
    return frames.page(c, status, "order", new Receipt(frame, problem, id, date(order.createdAt()), word(order), order
        .isCancellable(), LineView.all(order, prices), totals, charged(order, totals), order.address()));
  }

  private Response cancel(Context c) throws Exception {
    Shopper shopper = frames.shopper(c);
    long id = c.param("id").asLong();
    if (shopper.account().isEmpty()) {
      return frames.redirect(c, "/login?next=/orders/" + id);
    }
    try {
      Order order = c.timed("origin", () -> checkout.cancel(c, shopper, id));
      return frames.redirect(c, "/orders/" + order.id());
    } catch (Conflict e) {
      return receipt(c, e.status(), Optional.of(Frames.sentence(e.detail())));
    }
  }

  /** A moment as pages show it. */
  static String date(Instant time) {
    return DATE.format(time);
  }

  private static Optional<String> charged(Order order, Totals totals) {
    return order.status() == Order.Status.CANCELLED ? Optional.empty() : Optional.of(totals.dollars());
  }

  private static String word(Order order) {
    return order.status().name().toLowerCase(Locale.ROOT);
  }
}
