package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.NotFound;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.cart.PricedCart;
import dev.edge4j.examples.shop.cart.QueuedOrder;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Optional;

/** An order that was accepted while the origin was away, until it is confirmed. It is read from the cart, which is its owner's alone. */
public final class QueuePages {
  private static final String AGAIN_SECONDS = "5";

  /**
   * The model of the page: one of the four flags is true.
   *
   * @param reason why it could not be fulfilled, if so
   * @param agreed the total in US dollars that its buyer has seen, and no other of which is charged; absent if he agreed to any
   */
  record Model(Frame frame, String ticket, String date, boolean accepted, boolean confirmed, boolean refused,
      boolean putBack, Optional<Long> orderId, Optional<String> reason, List<LineView> lines, Totals totals,
      Optional<String> agreed) {}

  /** One in the list of all. */
  record Entry(String ticket, String date, String count, String status) {
    static Entry of(QueuedOrder order) {
      return new Entry(order.ticket(), OrderPages.date(order.acceptedAt()), LineView.things(order.lines().count()),
          switch (order.state()) {
            case ACCEPTED -> "accepted, will be confirmed";
            case CONFIRMED -> "confirmed";
            case REFUSED, PUT_BACK -> "could not be fulfilled";
          });
    }
  }

  private final Carts carts;
  private final Catalogue catalogue;
  private final Frames frames;

  public QueuePages(Carts carts, Catalogue catalogue, Frames frames) {
    this.carts = carts;
    this.catalogue = catalogue;
    this.frames = frames;
  }

  /** Registers the routes. */
  public void routes(Routes app) {
    app.get("/orders/queued/:ticket", this::show);
    app.post("/orders/queued/:ticket/back", this::putBack);
  }

  private Response show(Context c) throws Exception {
    Shopper shopper = frames.named(c);
    String ticket = c.param("ticket").asString();
    if (shopper.account().isEmpty()) {
      return frames.redirect(c, "/login?next=/orders");
    }
    QueuedOrder order = carts.of(shopper)
        .queued()
        .stream()
        .filter(one -> one.ticket().equals(ticket))
        .findFirst()
        .orElseThrow(() -> new NotFound("you have no such order"));
    PricedCart priced = Degraded.of(c).told(PricedCart.of(order.lines(), catalogue));
    Prices prices = frames.prices(c);
    Frame frame = frames.frame(c, "Your order", "An order on its way to being confirmed.");
    QueuedOrder.State state = order.state();
    Response page = frames.page(c, "queued", new Model(frame, ticket, OrderPages.date(order.acceptedAt()),
        state == QueuedOrder.State.ACCEPTED, state == QueuedOrder.State.CONFIRMED, state == QueuedOrder.State.REFUSED,
        state == QueuedOrder.State.PUT_BACK, order.orderId(), order.reason().map(Frames::sentence), LineView.all(
            priced, prices), Totals.of(priced, prices), order.wish().agreedCents().map(Totals::dollars)));
    return state == QueuedOrder.State.ACCEPTED ? page.withHeader("Refresh", AGAIN_SECONDS) : page;
  }

  private Response putBack(Context c) {
    Shopper shopper = frames.named(c);
    if (shopper.account().isEmpty()) {
      return frames.redirect(c, "/login?next=/orders");
    }
    var _ = carts.of(shopper).putBack(c.param("ticket").asString());
    return frames.redirect(c, "/cart");
  }
}
