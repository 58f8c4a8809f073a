package dev.edge4j.examples.shop.orders;

import java.time.Instant;
import java.util.List;

/** An order as it stands at the origin; the total is in US cents. */
public record Order(long id, String status, long totalCents, Instant createdAt, List<OrderLine> lines) {
  public Order {
    lines = List.copyOf(lines);
  }
}
