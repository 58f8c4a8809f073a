package dev.edge4j.examples.shop.cart;

import dev.edge4j.Conflict;
import java.util.Map;

/** What a cart can be asked; one call is one turn. Quantities are at least 1, of at most {@link Lines#MAX} products. */
public interface Cart {
  Lines view();

  /** Adds to what is there; {@link Conflict} and no change if that would be more than {@code available}. */
  Lines add(long productId, int quantity, long available);

  /** Sets a quantity, 0 to remove; {@link Conflict} and no change if it is more than {@code available}. */
  Lines set(long productId, int quantity, long available);

  void clear();

  /** Takes out what that order bought, once for each order, and leaves what came in meanwhile. */
  void ordered(long orderId, Map<Long, Integer> lines);

  /**
   * Puts what is there aside for another cart to receive. Asked again before {@link #handedOver}, it gives the same.
   */
  Parcel handOver();

  /** The other cart has received the parcel of that id. */
  void handedOver(String parcelId);

  /** Adds what another cart handed over; a parcel that came before is not added again. */
  Lines receive(Parcel parcel);
}
