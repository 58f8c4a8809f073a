package dev.edge4j.examples.shop.orders;

import dev.edge4j.examples.shop.accounts.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An order as it stands at the origin.
 *
 * @param totalCents what is charged, in US cents
 * @param coupon the code that took something off
 * @param discountCents how much, in US cents
 * @param address where it goes; absent for an order of a program that did not say
 */
public record Order(long id, Status status, long totalCents, Instant createdAt, Optional<String> coupon,
    long discountCents, Optional<Address> address, List<OrderLine> lines) {
  /** How far it has come. */
  public enum Status {
    /** Ordered, and not sent yet. */
    PENDING,
    /** On its way. */
    SENT,
    /** Taken back before it was sent; what it took is in stock again. */
    CANCELLED
  }

  public Order {
    lines = List.copyOf(lines);
  }

  /** True until it is sent. */
  public boolean isCancellable() {
    return status == Status.PENDING;
  }
}
