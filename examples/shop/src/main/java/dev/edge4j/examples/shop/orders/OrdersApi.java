package dev.edge4j.examples.shop.orders;

import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.FieldError;
import dev.edge4j.NotFound;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.accounts.Account;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Lines;
import dev.edge4j.examples.shop.cart.QueuedOrder;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.http.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders for programs: {@code /api/orders}. A body with {@code lines} orders these, one without orders the cart.
 * Every POST carries an {@code Idempotency-Key}: the same key with the same body gives the order that is there, with
 * another body 422. With {@code Prefer: respond-async} (RFC 7240) an order is accepted while the origin is away: 202, and a {@code Location} that tells what
 * becomes of it.
 */
public final class OrdersApi {
  private static final Logger LOG = LoggerFactory.getLogger(OrdersApi.class);

  /** The body of {@code POST /api/orders}. */
  record NewOrder(Optional<List<@Nullable NewLine>> lines) {}

  record NewLine(long productId, int quantity) {}

  /** An order as JSON, in US dollars. */
  record View(long id, String status, BigDecimal total, String currency, Instant createdAt, List<LineView> lines) {
    static View of(Order order) {
      return new View(order.id(), order.status().name().toLowerCase(Locale.ROOT), Prices.dollars(order.totalCents()),
          "USD", order.createdAt(),
          order.lines().stream().map(LineView::of).toList());
    }
  }

  record LineView(long productId, String name, int quantity, BigDecimal price) {
    static LineView of(OrderLine line) {
      return new LineView(line.productId(), line.name(), line.quantity(), Prices.dollars(line.unitCents()));
    }
  }

  /** An order that was accepted while the origin was away. */
  record QueuedView(String ticket, String status, Instant acceptedAt, Optional<Long> orderId, Optional<String> reason) {
    static QueuedView of(QueuedOrder order) {
      return new QueuedView(order.ticket(), order.state().name().toLowerCase(Locale.ROOT), order.acceptedAt(), order
          .orderId(), order.reason());
    }
  }

  private static final String LATER = "respond-async";

  private final Checkout checkout;
  private final Orders orders;
  private final Shopper.Door door;

  public OrdersApi(Checkout checkout, Orders orders, Shopper.Door door) {
    this.checkout = checkout;
    this.orders = orders;
    this.door = door;
  }

  /** Registers the routes. */
  public void routes(Routes api) {
    api.post("/orders", this::place);
    api.get("/orders", c -> {
      Account account = Shopper.of(c, door).required();
      List<View> all = c.timed("origin", () -> orders.list(account.id())).stream().map(View::of).toList();
      return c.json(Map.of("orders", all)).withHeader("Cache-Control", "private, no-store");
    });
  }

  /** Registers what needs no origin. */
  public void edge(Routes api) {
    api.get("/orders/queued/:ticket", c -> {
      Shopper shopper = unnamed(c);
      var _ = shopper.required();
      String ticket = c.param("ticket").asString();
      QueuedOrder order = checkout.queued(shopper, one -> one.ticket().equals(ticket))
          .orElseThrow(() -> new NotFound("you have no such order"));
      return c.json(QueuedView.of(order)).withHeader("Cache-Control", "private, no-store");
    });
  }

  /** Whose order it is can be told while the origin is away; what he is called need not be. */
  private Shopper unnamed(Context c) {
    return Shopper.orUnnamed(c, door, e -> LOG.debug("an order without its buyer's name", e));
  }

  private Response place(Context c) throws Exception {
    boolean later = c.request().headers().list("Prefer").stream().anyMatch(LATER::equalsIgnoreCase);
    Shopper shopper = later ? unnamed(c) : Shopper.of(c, door);
    shopper.required();
    NewOrder wish = c.body(NewOrder.class);
    String header = c.header("Idempotency-Key")
        .orElseThrow(() -> new BadRequest("Idempotency-Key", "is missing from the header"));
    IdempotencyKey key = IdempotencyKey.of("Idempotency-Key", header, c.bodyBytes());
    Optional<Lines> lines = wish.lines().map(OrdersApi::lines);
    if (later) {
      return switch (c.timed("origin", () -> checkout.orderOrLeave(c, shopper, lines, key))) {
        case Checkout.Outcome.Ordered(var placed) -> placed(c, placed);
        case Checkout.Outcome.Queued(var order) -> queued(c, order);
      };
    }
    return placed(c, c.timed("origin", () -> lines.isPresent() ? checkout.order(c, shopper, lines.get(), key)
        : checkout.orderCart(c, shopper, key)));
  }

  private static Response queued(Context c, QueuedOrder order) throws Exception {
    return c.json(202, QueuedView.of(order))
        .withHeader("Location", "/api/orders/queued/" + order.ticket())
        .withHeader("Preference-Applied", LATER)
        .withHeader("Cache-Control", "private, no-store");
  }

  private static Response placed(Context c, Orders.Placed placed) throws Exception {
    Response response = c.json(201, View.of(placed.order()))
        .withHeader("Location", "/orders/" + placed.order().id())
        .withHeader("Cache-Control", "private, no-store");
    return placed.replayed() ? response.withHeader("Idempotency-Replayed", "true") : response;
  }

  private static Lines lines(List<@Nullable NewLine> wished) {
    List<FieldError> wrong = new ArrayList<>();
    Map<Long, Integer> quantities = new LinkedHashMap<>();
    for (int i = 0; i < wished.size(); i++) {
      NewLine line = wished.get(i);
      if (line == null) {
        wrong.add(new FieldError("lines[" + i + "]", "must not be null"));
      } else if (line.quantity() < 1 || line.quantity() > Lines.MAX_QUANTITY) {
        wrong.add(new FieldError("lines[" + i + "].quantity", "must be 1 to " + Lines.MAX_QUANTITY));
      } else if (quantities.putIfAbsent(line.productId(), line.quantity()) != null) {
        wrong.add(new FieldError("lines[" + i + "].productId", "is named twice"));
      }
    }
    if (wished.isEmpty() || wished.size() > Lines.MAX) {
      wrong.add(new FieldError("lines", "must hold 1 to " + Lines.MAX + " products"));
    }
    if (!wrong.isEmpty()) {
      throw new BadRequest(wrong);
    }
    return Lines.of(quantities);
  }
}
