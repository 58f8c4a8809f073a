package dev.edge4j.examples.shop.orders;

import dev.edge4j.Conflict;
import dev.edge4j.data.Queries;
import java.util.Map;

/** What orders do to the stock, in a transaction of the origin. */
final class Stock {
  private static final String NEXT_VERSION = "version = (SELECT max(version) FROM stock) + 1";

  private Stock() {}

  /** The condition stands in the statement itself: what it finds and what it takes cannot differ. */
  static void take(Queries transaction, OrderLine line) {
    long taken = transaction.update("UPDATE stock SET available = available - :quantity, " + NEXT_VERSION
        + " WHERE product_id = :id AND available >= :quantity", Map.of("quantity", line.quantity(), "id", line
            .productId()));
    if (taken == 0) {
      long left = transaction.queryOne(Long.class, "SELECT available FROM stock WHERE product_id = :id", Map.of("id",
          line.productId())).orElse(0L);
      throw new Conflict(left == 0 ? line.name() + " is sold out"
          : "only " + left + " of " + line.name() + " are left");
    }
  }

  /** Puts back what a cancelled order took. */
  static void giveBack(Queries transaction, OrderLine line) {
    transaction.update("UPDATE stock SET available = available + :quantity, " + NEXT_VERSION
        + " WHERE product_id = :id", Map.of("quantity", line.quantity(), "id", line.productId()));
  }
}
