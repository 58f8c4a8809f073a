package dev.edge4j.examples.shop.orders;

import dev.edge4j.examples.shop.coupons.Coupon;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be paid. Pure.
 *
 * @param coupon what takes something off; absent if there is none, or if the sum is below its minimum
 */
record Bill(List<OrderLine> lines, Optional<Coupon> coupon) {
  static Bill of(List<OrderLine> lines, Optional<Coupon> coupon) {
    return new Bill(List.copyOf(lines), coupon.filter(terms -> terms.discountCents(sum(lines)) > 0));
  }

  long discountCents() {
    return coupon.map(terms -> terms.discountCents(sum(lines))).orElse(0L);
  }

  long totalCents() {
    return sum(lines) - discountCents();
  }

  void refuseOtherTotal(OptionalLong agreedCents) {
    if (agreedCents.isPresent() && agreedCents.getAsLong() != totalCents()) {
      throw new PricesChanged();
    }
  }

  private static long sum(List<OrderLine> lines) {
    return lines.stream().mapToLong(OrderLine::totalCents).sum();
  }
}
