package dev.edge4j.examples.shop.cart;

import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.chain.Answer;
import dev.edge4j.examples.shop.coupons.Coupon;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cart with the products it names, at the catalogue's prices. What is no longer sold is left out.
 *
 * @param coupon what takes something off the sum, by the terms of the time the code was typed
 * @param outOfDate true if a price or stock in it is stale because nobody could tell better
 */
public record PricedCart(List<Line> lines, Optional<Coupon> coupon, boolean outOfDate) {
  /** One product of a cart. */
  public record Line(Product product, int quantity) {
    public long totalCents() {
      return product.priceCents() * quantity;
    }

    /** What keeps this line from being ordered. */
    public Optional<String> problem() {
      if (quantity <= product.stock()) {
        return Optional.empty();
      }
      return Optional.of(product.stock() == 0 ? "Sold out" : "Only " + product.stock() + " left");
    }
  }

  /** Looks the products up. */
  public static PricedCart of(Lines lines, Catalogue catalogue) {
    Map<Long, Answer<Product>> products = catalogue.products(lines.quantities().keySet());
    List<Line> priced = new ArrayList<>();
    lines.quantities().forEach((id, quantity) -> {
      Answer<Product> product = products.get(id);
      if (product != null) {
        priced.add(new Line(product.value(), quantity));
      }
    });
    return new PricedCart(List.copyOf(priced), lines.coupon(), products.values()
        .stream()
        .anyMatch(Answer::isOutOfDate));
  }

  /** The sum of the lines, in US cents. */
  public long sumCents() {
    return lines.stream().mapToLong(Line::totalCents).sum();
  }

  /** What the coupon takes off. */
  public long discountCents() {
    return coupon.map(terms -> terms.discountCents(sumCents())).orElse(0L);
  }

  /** What is to be paid. */
  public long totalCents() {
    return sumCents() - discountCents();
  }

  public int count() {
    return lines.stream().mapToInt(Line::quantity).sum();
  }
}
