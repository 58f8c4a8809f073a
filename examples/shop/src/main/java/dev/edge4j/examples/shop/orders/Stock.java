package dev.edge4j.examples.shop.orders;

import dev.edge4j.Conflict;
import dev.edge4j.data.Queries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What orders do to the stock, in a transaction of the origin: one statement for all of their lines. */
final class Stock {
  private Stock() {}

  /**
   * Takes what the lines say; {@link Conflict} naming the first of which there is not enough. The condition stands in the statement itself: what it finds and
   * what it takes cannot differ.
   */
  static void take(Queries transaction, List<OrderLine> lines) {
    Set<Long> taken = Set.copyOf(transaction.query(Long.class, change(lines.size(), "available - wanted.quantity")
        + " AND available >= wanted.quantity RETURNING product_id", args(lines)));
    lines.stream().filter(line -> !taken.contains(line.productId())).findFirst().ifPresent(line -> {
      throw tooFew(transaction, line);
    });
  }

  /** Puts back what a cancelled order took. */
  static void giveBack(Queries transaction, List<OrderLine> lines) {
    transaction.update(change(lines.size(), "available + wanted.quantity"), args(lines));
  }

  /** Each row has a version of its own: the feed of the edge copies may stop between any two. */
  private static String change(int lines, String available) {
    String wanted = IntStream.range(0, lines)
        .mapToObj(i -> "(:id" + i + ", :quantity" + i + ", " + (i + 1) + ")")
        .collect(Collectors.joining(", "));
    return "WITH wanted (id, quantity, later) AS (VALUES " + wanted + ") UPDATE stock SET available = " + available
        + ", version = (SELECT max(version) FROM stock) + wanted.later FROM wanted WHERE product_id = wanted.id";
  }

  private static Map<String, Long> args(List<OrderLine> lines) {
    Map<String, Long> args = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      args.put("id" + i, lines.get(i).productId());
      args.put("quantity" + i, (long) lines.get(i).quantity());
    }
    return args;
  }

  private static Conflict tooFew(Queries transaction, OrderLine line) {
    long left = transaction.queryOne(Long.class, "SELECT available FROM stock WHERE product_id = :id", Map.of("id", line
        .productId())).orElse(0L);
    return new Conflict(left == 0 ? line.name() + " is sold out" : "only " + left + " of " + line.name() + " are left");
  }
}
