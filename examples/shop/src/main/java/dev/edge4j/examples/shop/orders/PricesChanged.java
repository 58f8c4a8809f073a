package dev.edge4j.examples.shop.orders;

import dev.edge4j.HttpError;

/** The buyer agreed to another total than the origin's: nothing was ordered. */
public final class PricesChanged extends HttpError {
  private static final long serialVersionUID = 1L;

  PricesChanged() {
    super(409, "prices have changed since this page was made: look once more, then order");
  }
}
