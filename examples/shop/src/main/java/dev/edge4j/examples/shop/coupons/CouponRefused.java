package dev.edge4j.examples.shop.coupons;

import dev.edge4j.HttpError;

/** A code that does not work: in one form, whether it is unknown, over, or used up. */
public final class CouponRefused extends HttpError {
  private static final long serialVersionUID = 1L;
  private static final String MESSAGE = "this code does not work, here or any more";

  /** Made from its message alone, as exceptions cross between objects. */
  public CouponRefused(String message) {
    super(409, message);
  }

  static CouponRefused of() {
    return new CouponRefused(MESSAGE);
  }

  /** An order was refused for the code in its cart, and the cart is without it from now on. */
  public static CouponRefused takenOut() {
    return new CouponRefused(MESSAGE + ": it was taken out of your cart, and nothing was ordered");
  }
}
