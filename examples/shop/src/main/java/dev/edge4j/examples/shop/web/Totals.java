package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.cart.PricedCart;
import dev.edge4j.examples.shop.coupons.Coupon;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.examples.shop.orders.Order;
import dev.edge4j.render.market.Money;
import java.util.Optional;

/**
 * What stands below the lines of a cart or an order, in a market's prices: it adds up as shown.
 *
 * @param reduction what a coupon takes off, if there is one
 * @param dollars the total as it is charged
 */
record Totals(String count, String sum, Optional<Reduction> reduction, String total, String dollars) {
  /**
   * A coupon's line.
   *
   * @param note why it takes nothing off, if so
   */
  record Reduction(String code, String amount, Optional<String> note) {}

  static Totals of(PricedCart cart, Prices prices) {
    Money sum = LineView.sum(cart, prices);
    Money off = prices.of(cart.discountCents());
    Optional<Reduction> reduction = cart.coupon()
        .map(coupon -> new Reduction(coupon.code(), prices.text(off.negated()), note(coupon, cart, prices)));
    return of(cart.count(), sum, off, reduction, cart.totalCents(), prices);
  }

  static Totals of(Order order, Prices prices) {
    Money sum = LineView.sum(order, prices);
    Money off = prices.of(order.discountCents());
    Optional<Reduction> reduction = order.coupon()
        .map(code -> new Reduction(code, prices.text(off.negated()), Optional.empty()));
    int count = order.lines().stream().mapToInt(line -> line.quantity()).sum();
    return of(count, sum, off, reduction, order.totalCents(), prices);
  }

  private static Totals of(int count, Money sum, Money off, Optional<Reduction> reduction, long totalCents,
      Prices prices) {
    return new Totals(LineView.things(count), prices.text(sum), reduction, prices.text(sum.minus(off)), dollars(
        totalCents));
  }

  /** An amount as it is charged: {@code US$12.34}. */
  static String dollars(long cents) {
    return "US$" + Prices.dollars(cents);
  }

  private static Optional<String> note(Coupon coupon, PricedCart cart, Prices prices) {
    return cart.discountCents() > 0 ? Optional.empty()
        : Optional.of("from " + prices.text(coupon.minimumCents()) + " on");
  }
}
