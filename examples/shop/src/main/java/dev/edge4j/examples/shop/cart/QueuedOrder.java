package dev.edge4j.examples.shop.cart;

import java.time.Instant;
import java.util.Optional;

/**
 * An order that was accepted while the origin was away.
 *
 * @param ticket names it, unguessable
 * @param lines what was in the cart, and its stamp
 * @param acceptedAt when it left the cart
 * @param orderId the order it became, once it is confirmed
 * @param reason why it could not be fulfilled, if so
 */
public record QueuedOrder(String ticket, Wish wish, Lines lines, Instant acceptedAt, State state, int attempts,
    Optional<Long> orderId, Optional<String> reason) {

  /** Where it stands; all but the first are the end. */
  public enum State {
    /** Waits for the origin. */
    ACCEPTED,
    /** The origin has made an order of it. */
    CONFIRMED,
    /** The origin has refused it; nothing was ordered, and its lines can be had back. */
    REFUSED,
    /** The same, and the lines are in the cart again. */
    PUT_BACK
  }

  static QueuedOrder accepted(String ticket, Wish wish, Lines lines, Instant now) {
    return new QueuedOrder(ticket, wish, lines, now, State.ACCEPTED, 0, Optional.empty(), Optional.empty());
  }

  boolean isWaiting() {
    return state == State.ACCEPTED;
  }

  QueuedOrder triedAgain() {
    return new QueuedOrder(ticket, wish, lines, acceptedAt, state, attempts + 1, orderId, reason);
  }

  QueuedOrder putBack() {
    return new QueuedOrder(ticket, wish, lines, acceptedAt, State.PUT_BACK, attempts, orderId, reason);
  }

  QueuedOrder ended(OrderDesk.Outcome outcome) {
    return switch (outcome) {
      case OrderDesk.Outcome.Confirmed(long id) -> new QueuedOrder(ticket, wish, lines, acceptedAt, State.CONFIRMED,
          attempts, Optional.of(id), Optional.empty());
      case OrderDesk.Outcome.Refused(String why) -> new QueuedOrder(ticket, wish, lines, acceptedAt, State.REFUSED,
          attempts, Optional.empty(), Optional.of(why));
      case OrderDesk.Outcome.Away() -> triedAgain();
    };
  }
}
