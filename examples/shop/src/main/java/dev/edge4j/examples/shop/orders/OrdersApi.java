package dev.edge4j.examples.shop.orders;

import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.FieldError;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.accounts.Account;
import dev.edge4j.examples.shop.accounts.Accounts;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Lines;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.http.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orders for programs: {@code /api/orders}. A body with {@code lines} orders these, one without orders the cart.
 * Every POST carries an {@code Idempotency-Key}: the same key with the same body gives the order that is there, with
 * another body 422.
 */
public final class OrdersApi {
  /** The body of {@code POST /api/orders}. */
  record NewOrder(Optional<List<@Nullable NewLine>> lines) {}

  record NewLine(long productId, int quantity) {}

  /** An order as JSON, in US dollars. */
  record View(long id, String status, BigDecimal total, String currency, Instant createdAt, List<LineView> lines) {
    static View of(Order order) {
      return new View(order.id(), order.status(), Prices.dollars(order.totalCents()), "USD", order.createdAt(),
          order.lines().stream().map(LineView::of).toList());
    }
  }

  record LineView(long productId, String name, int quantity, BigDecimal price) {
    static LineView of(OrderLine line) {
      return new LineView(line.productId(), line.name(), line.quantity(), Prices.dollars(line.unitCents()));
    }
  }

  private final Checkout checkout;
  private final Orders orders;
  private final Accounts accounts;

  public OrdersApi(Checkout checkout, Orders orders, Accounts accounts) {
    this.checkout = checkout;
    this.orders = orders;
    this.accounts = accounts;
  }

  /** Registers the routes. */
  public void routes(Routes api) {
    api.post("/orders", this::place);
    api.get("/orders", c -> {
      Account account = Shopper.of(c, accounts).required();
      List<View> all = c.timed("origin", () -> orders.list(account.id())).stream().map(View::of).toList();
      return c.json(Map.of("orders", all)).withHeader("Cache-Control", "private, no-store");
    });
  }

  private Response place(Context c) throws Exception {
    Shopper shopper = Shopper.of(c, accounts);
    shopper.required();
    NewOrder wish = c.body(NewOrder.class);
    String header = c.header("Idempotency-Key")
        .orElseThrow(() -> new BadRequest("Idempotency-Key", "is missing from the header"));
    IdempotencyKey key = IdempotencyKey.of("Idempotency-Key", header, c.bodyBytes());
    Optional<Lines> lines = wish.lines().map(OrdersApi::lines);
    Orders.Placed placed = c.timed("origin", () -> lines.isPresent() ? checkout.order(c, shopper, lines.get(), key)
        : checkout.orderCart(c, shopper, key));
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
    return new Lines(quantities, "");
  }
}
