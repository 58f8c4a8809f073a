package dev.edge4j.examples.shop.cart;

import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.chain.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cart with the products it names, at the catalogue's prices. What is no longer sold is left out.
 *
 * @param outOfDate true if a price or stock in it is stale because nobody could tell better
 */
public record PricedCart(List<Line> lines, boolean outOfDate) {
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
    return new PricedCart(List.copyOf(priced), products.values().stream().anyMatch(Answer::isOutOfDate));
  }

  public long totalCents() {
    return lines.stream().mapToLong(Line::totalCents).sum();
  }

  public int count() {
    return lines.stream().mapToInt(Line::quantity).sum();
  }
}
