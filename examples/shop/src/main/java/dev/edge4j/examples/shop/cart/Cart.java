package dev.edge4j.examples.shop.cart;

import dev.edge4j.Conflict;
import dev.edge4j.NotFound;
import dev.edge4j.examples.shop.coupons.Coupon;
import dev.edge4j.state.ReadOnly;
import java.util.List;
import java.util.Map;

/** What a cart can be asked; one call is one turn. Quantities are at least 1, of at most {@link Lines#MAX} products. */
public interface Cart {
  @ReadOnly
  Lines view();

  /** Adds to what is there; {@link Conflict} and no change if that would be more than {@code available}. */
  Lines add(long productId, int quantity, long available);

  /** Sets a quantity, 0 to remove; {@link Conflict} and no change if it is more than {@code available}. */
  Lines set(long productId, int quantity, long available);

  void clear();

  /** Keeps a coupon for the order that the cart becomes, in place of the one before. */
  Lines use(Coupon coupon);

  /** Forgets the coupon. */
  Lines withoutCoupon();

  /** Takes out what that order bought, once for each order, and leaves what came in meanwhile. The coupon goes with it. */
  void ordered(long orderId, Map<Long, Integer> lines);

  /**
   * Takes everything out, in the same turn in which an order of it is kept to be handed in: neither is ever on disk without the other. The same key
   * again is the same order. {@link Conflict} if nothing is in, or if the cart is not in the state of that stamp.
   */
  QueuedOrder queue(Wish wish, String stamp);

  /** Keeps an order of lines that are no cart's to be handed in, and leaves the cart as it is. The same key again is the same order. */
  QueuedOrder keep(Wish wish, Lines lines);

  /** The last of the orders that were queued, the latest first. */
  @ReadOnly
  List<QueuedOrder> queued();

  /** Puts what a refused order held into the cart, once; {@link NotFound} if there is none of that ticket, {@link Conflict} if it was not refused. */
  QueuedOrder putBack(String ticket);

  /** Has what is queued handed in now. */
  void hurry();

  /**
   * Puts what is there aside for another cart to receive. Asked again before {@link #handedOver}, it gives the same.
   */
  Parcel handOver();

  /** The other cart has received the parcel of that id. */
  void handedOver(String parcelId);

  /** Adds what another cart handed over; a parcel that came before is not added again. */
  Lines receive(Parcel parcel);
}
