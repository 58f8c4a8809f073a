package dev.edge4j.examples.shop.orders;

import dev.edge4j.HttpError;
import dev.edge4j.examples.shop.cart.Lines;
import dev.edge4j.examples.shop.cart.OrderDesk;
import dev.edge4j.examples.shop.cart.Wish;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where carts hand in what they have kept while the origin was away. Safe for use by many threads. */
public final class Desk implements OrderDesk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
  /** How long a person waits, who has four seconds for a page; and how long an order that has left his cart. */
  private static final Duration PERSON = Duration.ofMillis(2_500);
  private static final Duration ORDER = Duration.ofSeconds(30);
  private static final int AT_ONCE = 512;

  private final Orders orders;
  private final Supplier<Origin> hurried = Origin.within(PERSON, AT_ONCE);
  private final Supplier<Origin> patient = Origin.within(ORDER, AT_ONCE);

  public Desk(Orders orders) {
    this.orders = orders;
  }

  /** How one checkout asks that would rather have its order kept than wait: its time begins now, and is for all of its questions. */
  Origin hurried() {
    return hurried.get();
  }

  @Override
  public Outcome handIn(long accountId, Wish wish, Lines lines) {
    try {
      return patient.get().ask(() -> outcome(accountId, lines, orders.place(Purchase.of(accountId, lines, wish))));
    } catch (RuntimeException e) {
      if (Origin.isAway(e)) {
        return new Outcome.Away();
      }
      if (e instanceof HttpError error && error.status() < 500) {
        return new Outcome.Refused(error.detail());
      }
      LOG.error("a queued order of account {} fails, and stays in the queue", accountId, e);
      return new Outcome.Away();
    }
  }

  /** A key may have made an order before, of what was in the cart then: what is in this one has not been ordered by that. */
  private Outcome outcome(long accountId, Lines lines, Orders.Placed placed) {
    long id = placed.order().id();
    boolean other = placed.replayed() && !lines.stamp().isEmpty() && orders.ofCart(accountId, lines.stamp())
        .filter(order -> order.id() == id)
        .isEmpty();
    return other ? new Outcome.Refused("this Idempotency-Key had made order " + id + " before")
        : new Outcome.Confirmed(id);
  }
}
