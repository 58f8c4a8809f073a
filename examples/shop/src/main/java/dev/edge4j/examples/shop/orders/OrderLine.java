package dev.edge4j.examples.shop.orders;

/**
 * One product of an order, as it was sold.
 *
 * @param unitCents the price of one, in US cents
 */
public record OrderLine(long productId, String name, long picture, int quantity, long unitCents) {
  public long totalCents() {
    return unitCents * quantity;
  }
}
