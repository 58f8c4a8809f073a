package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.cart.PricedCart;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.examples.shop.orders.Order;
import dev.edge4j.render.market.Money;
import java.util.List;
import java.util.Optional;

/** A line of a cart or an order, in a market's prices. Sums are made of rounded unit prices: they add up as shown. */
record LineView(long productId, String url, String picture, String name, int quantity, String unit, String total,
    Optional<String> problem) {

  static List<LineView> all(PricedCart cart, Prices prices) {
    return cart.lines()
        .stream()
        .map(line -> of(line.product().id(), line.product().pictureUrl(), line.product().name(), line.quantity(),
            prices,
            line.product().priceCents(), line.problem()))
        .toList();
  }

  static List<LineView> all(Order order, Prices prices) {
    return order.lines()
        .stream()
        .map(line -> of(line.productId(), "/img/" + line.picture() + ".svg", line.name(), line.quantity(), prices, line
            .unitCents(), Optional.empty()))
        .toList();
  }

  /** The sum of the lines, as they are shown. */
  static Money sum(PricedCart cart, Prices prices) {
    return cart.lines()
        .stream()
        .map(line -> times(prices, line.product().priceCents(), line.quantity()))
        .reduce(prices.nothing(), Money::plus);
  }

  /** The sum of the lines, as they are shown. */
  static Money sum(Order order, Prices prices) {
    return order.lines()
        .stream()
        .map(line -> times(prices, line.unitCents(), line.quantity()))
        .reduce(prices.nothing(), Money::plus);
  }

  /** {@code 1 thing}, {@code 3 things}. */
  static String things(int count) {
    return count == 1 ? "1 thing" : count + " things";
  }

  private static LineView of(long id, String picture, String name, int quantity, Prices prices, long cents,
      Optional<String> problem) {
    return new LineView(id, "/products/" + id, picture, name, quantity, prices.text(cents), prices.text(times(prices,
        cents, quantity)), problem);
  }

  private static Money times(Prices prices, long cents, int quantity) {
    return prices.of(cents).times(quantity);
  }
}
