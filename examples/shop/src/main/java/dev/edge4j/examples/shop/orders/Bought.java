package dev.edge4j.examples.shop.orders;

import dev.edge4j.data.Queries;
import java.util.Map;

/** Who has bought what, as far as reviews say so. An order that is taken back has bought nothing: it can be had for nothing. */
public final class Bought {
  private static final String COUNTS = "SELECT count(*) FROM orders o JOIN order_lines l ON l.order_id = o.id"
      + " WHERE o.status <> 'cancelled'";

  private Bought() {}

  /** True if an account has ordered a product, and has not taken that back. */
  public static boolean by(Queries transaction, long userId, long productId) {
    return transaction.queryOne(Long.class, COUNTS + " AND o.user_id = :user AND l.product_id = :product",
        Map.of("user", userId, "product", productId)).orElse(0L) > 0;
  }

  /** Has the reviews of what a cancelled order held say no longer that their writer has bought it, unless another order has. */
  static void takeBack(Queries transaction, long userId, long orderId) {
    transaction.update("UPDATE reviews SET bought = 0 WHERE user_id = :user"
        + " AND product_id IN (SELECT product_id FROM order_lines WHERE order_id = :order) AND (" + COUNTS
        + " AND o.user_id = reviews.user_id AND l.product_id = reviews.product_id) = 0",
        Map.of("user", userId, "order", orderId));
  }
}
