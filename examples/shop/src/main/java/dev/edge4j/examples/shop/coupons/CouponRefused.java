package dev.edge4j.examples.shop.coupons;

import dev.edge4j.HttpError;

/** A code that does not work: in one form, whether it is unknown, over, or used up. */
public final class CouponRefused extends HttpError {
  private static final long serialVersionUID = 1L;

  /** Made from its message alone, as exceptions cross between objects. */
  public CouponRefused(String message) {
    super(409, message);
  }

  static CouponRefused of() {
    return new CouponRefused("this code does not work, here or any more");
  }
}
