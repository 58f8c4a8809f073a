package dev.edge4j.examples.shop.cart;

import dev.edge4j.examples.shop.coupons.Coupon;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is in a cart.
 *
 * @param quantities by product, in the order they came in
 * @param stamp tells this state of the cart from every other; empty for lines that are no cart's
 * @param coupon what the shopper has typed a code for, with the terms of that time
 */
public record Lines(Map<Long, Integer> quantities, String stamp, Optional<Coupon> coupon) {
  /** The most different products that a shopper can put into a cart; what comes back to it, or from another one, may be more. */
  public static final int MAX = 50;

  /** The most of one product. */
  public static final int MAX_QUANTITY = 99;

  /** An empty cart. */
  public static final Lines NONE = Lines.of(Map.of());

  public Lines {
    quantities = Collections.unmodifiableMap(new LinkedHashMap<>(quantities));
  }

  /** Lines that are no cart's. */
  public static Lines of(Map<Long, Integer> quantities) {
    return new Lines(quantities, "", Optional.empty());
  }

  /** How many things there are, each product as often as it is in. */
  public int count() {
    return quantities.values().stream().mapToInt(Integer::intValue).sum();
  }

  public boolean empty() {
    return quantities.isEmpty();
  }
}
