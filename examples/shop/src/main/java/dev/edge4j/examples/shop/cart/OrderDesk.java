package dev.edge4j.examples.shop.cart;

/** Where a cart hands in an order that has waited for the origin. Handed in twice under one key, it is one order. */
@FunctionalInterface
public interface OrderDesk {
  /** What became of it. */
  sealed interface Outcome {
    record Confirmed(long orderId) implements Outcome {}

    /** The origin will not have it, now or later. */
    record Refused(String reason) implements Outcome {}

    /** The origin did not answer: nobody knows, and it is to be asked again. */
    record Away() implements Outcome {}
  }

  /** Hands it in for an account. Waits for the origin, for a bounded time. */
  Outcome handIn(long accountId, Wish wish, Lines lines);
}
