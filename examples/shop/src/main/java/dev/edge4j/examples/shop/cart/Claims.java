package dev.edge4j.examples.shop.cart;

import dev.edge4j.HttpError;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.sale.Sale;
import dev.edge4j.examples.shop.sale.Sales;
import java.util.Optional;

/** Pieces of the sale on their way into carts. Safe for use by many threads. */
public final class Claims {
  /** Where a shopper's piece is. */
  public enum Place {
    /** Kept for him, and not in his cart. */
    KEPT,
    /** Kept for him, in his cart. */
    IN_CART,
    /** His for good. */
    BOUGHT
  }

  private final Sales sales;
  private final Carts carts;

  public Claims(Sales sales, Carts carts) {
    this.sales = sales;
    this.carts = carts;
  }

  /** How the sale stands, for that shopper. */
  public Sale.View view(Shopper shopper) {
    return sales.today().view(carts.name(shopper));
  }

  /** Where the piece is that he claimed; empty if none is his. */
  public Optional<Place> place(Shopper shopper, Sale.View view) {
    return view.mine().map(claim -> {
      if (claim.until().isEmpty()) {
        return Place.BOUGHT;
      }
      return carts.view(shopper).quantities().containsKey(Sales.PRODUCT) ? Place.IN_CART : Place.KEPT;
    });
  }

  /**
   * Keeps a piece for a shopper and puts it into his cart, where there is one however often he asks. {@link dev.edge4j.Conflict} if none is left, he has
   * bought his, or his cart cannot take it: then others can have it.
   */
  public void claim(Shopper shopper) {
    String buyer = carts.name(shopper);
    var _ = sales.today().claim(buyer);
    try {
      carts.have(shopper, Sales.PRODUCT);
    } catch (HttpError e) {
      sales.today().release(buyer);
      throw e;
    }
  }
}
