package dev.edge4j.examples.shop.orders;

import dev.edge4j.HttpError;

/** This state of a cart has become an order before: nothing was ordered. */
final class OrderedAlready extends HttpError {
  private static final long serialVersionUID = 1L;

  private final long orderId;

  OrderedAlready(long orderId) {
    super(409, "this cart has been ordered already: it is order " + orderId);
    this.orderId = orderId;
  }

  /** What it has become. */
  long orderId() {
    return orderId;
  }
}
