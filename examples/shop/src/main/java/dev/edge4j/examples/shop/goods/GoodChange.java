package dev.edge4j.examples.shop.goods;

import dev.edge4j.BadRequest;
import dev.edge4j.FieldError;
import java.util.ArrayList;
import java.util.List;

/**
 * A new price and stock for a product.
 *
 * @param priceCents US cents, 1 to {@link #MAX_CENTS}
 * @param stock 0 to {@link #MAX_STOCK}
 * @param version the one it was seen in
 */
public record GoodChange(long id, long priceCents, long stock, long version) {
  /** The highest price. */
  public static final long MAX_CENTS = 10_000_000;

  /** The most of one product. */
  public static final long MAX_STOCK = 1_000_000;

  /** Throws {@link BadRequest} naming what is out of bounds. */
  public GoodChange {
    List<FieldError> wrong = new ArrayList<>();
    if (priceCents < 1 || priceCents > MAX_CENTS) {
      wrong.add(new FieldError("price", "must be 0.01 to " + MAX_CENTS / 100));
    }
    if (stock < 0 || stock > MAX_STOCK) {
      wrong.add(new FieldError("stock", "must be 0 to " + MAX_STOCK));
    }
    if (!wrong.isEmpty()) {
      throw new BadRequest(wrong);
    }
  }
}
