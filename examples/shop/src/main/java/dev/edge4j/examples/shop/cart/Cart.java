package dev.edge4j.examples.shop.cart;

import dev.edge4j.Conflict;
import dev.edge4j.NotFound;
import dev.edge4j.examples.shop.coupons.Coupon;
import dev.edge4j.state.ReadOnly;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a cart can be asked; one call is one turn. Quantities are at least 1. {@link #add} and {@link #set} make no more than {@link Lines#MAX} products of it. A visitor's cart ends
 * when it has not been changed for as long as his cookie lasts.
 */
public interface Cart {
  @ReadOnly
  Lines view();

  /** Adds to what is there; {@link Conflict} and no change if that would be more than {@code available}. */
  Lines add(long productId, int quantity, long available);

  /** Sets a quantity, 0 to remove; {@link Conflict} and no change if it is more than {@code available}. */
  Lines set(long productId, int quantity, long available);

  /** Adds one piece of a product that is not in; nothing happens if it is. Fails as {@link #set} does. */
  Lines have(long productId, long available);

  /** Takes everything out, and the coupon with it. */
  void clear();

  /** Keeps a coupon for the order that the cart becomes, in place of the one before. */
  Lines use(Coupon coupon);

  /** Forgets the coupon. */
  Lines withoutCoupon();

  /**
   * Notes that this state of the cart is tried under that key, before the origin is asked to make an order of it: whoever loses the answer, or is killed on the
   * way, finds it here. What is in. {@link Conflict}, and no note, if nothing is in, if the cart is not in the state of that stamp, or if another state of it is
   * {@link #unsettled}.
   */
  Lines attempt(String key, String stamp);

  /** A state that was tried without an answer, if the cart is in another by now: it is to be settled before that one is tried. */
  @ReadOnly
  Optional<Tried> unsettled();

  /** Forgets what was tried under that key, as nothing was ordered. */
  void giveUp(String key);

  /**
   * Takes out what that order bought, which was made under that key, and leaves what came in meanwhile; once for each order, and not what had left the cart when
   * it was queued. The coupon goes with it. What was tried under the key is settled.
   */
  void ordered(long orderId, String key, Map<Long, Integer> lines);

  /** Tells the sale that an order of its product was taken back, behind what {@link #ordered} has told it. */
  void takenBack(long orderId);

  /**
   * Takes out what was tried under the key of that wish, and leaves what came in meanwhile, in the same turn in which an order of it is kept to be handed in:
   * neither is ever on disk without the other. The same key again is the same order. {@link Conflict} if nothing was tried.
   */
  QueuedOrder queue(Wish wish);

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
   * Puts what is there aside for another cart to receive, but for what was tried and may have been ordered. Asked again before {@link #handedOver}, it gives the
   * same.
   */
  Parcel handOver();

  /** The other cart has received the parcel of that id. */
  void handedOver(String parcelId);

  /** Adds what another cart handed over; a parcel that came before is not added again. */
  Lines receive(Parcel parcel);
}
