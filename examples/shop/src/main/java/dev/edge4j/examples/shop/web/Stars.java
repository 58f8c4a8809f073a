package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.catalogue.Product;

/**
 * How well a thing is thought of.
 *
 * @param text the mean with one digit: {@code 4.3}
 * @param symbols five stars, as many of them full as the mean rounded says
 * @param count how many have rated it
 */
record Stars(String text, String symbols, long count) {
  static Stars of(Product product) {
    long tenths = product.tenthsOfStars();
    return new Stars(tenths / 10 + "." + tenths % 10, symbols((tenths + 5) / 10), product.ratings());
  }

  /** Five stars, so many of them full. */
  static String symbols(long full) {
    return "★".repeat((int) full) + "☆".repeat((int) (5 - full));
  }

  /** True if somebody has rated it. */
  public boolean any() {
    return count > 0;
  }

  /** {@code 1 review}, {@code 3 reviews}. */
  public String reviews() {
    return count == 1 ? "1 review" : count + " reviews";
  }
}
