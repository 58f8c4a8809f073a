package dev.edge4j.examples.shop.cart;

import dev.edge4j.BadRequest;
import dev.edge4j.NotFound;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.Namespace;

/** The carts of all shoppers: finds the one that counts, and checks what goes in. Safe for use by many threads. */
public final class Carts {
  private final Namespace<Cart> carts;
  private final Catalogue catalogue;

  public Carts(DurableObjects objects, Catalogue catalogue) {
    this.catalogue = catalogue;
    this.carts = objects.namespace("cart", Cart.class, ShoppingCart::new);
  }

  /** The account's cart if the shopper is logged in, else the visitor's. */
  public Cart of(Shopper shopper) {
    return shopper.account().map(account -> ofAccount(account.id())).orElseGet(() -> ofVisitor(shopper.visitor()));
  }

  /** What is in the shopper's cart; a visitor who is here for the first time costs no turn. */
  public Lines view(Shopper shopper) {
    return shopper.isNew() ? Lines.NONE : of(shopper).view();
  }

  /**
   * Adds to the shopper's cart. {@link NotFound} for a product that does not exist, {@link BadRequest} for a quantity
   * below 1, {@link dev.edge4j.Conflict} for more than there is.
   */
  public Lines add(Shopper shopper, long productId, int quantity) {
    return of(shopper).add(productId, checked(quantity), sold(productId).stock());
  }

  /** Sets a quantity in the shopper's cart; fails as {@link #add} does. */
  public Lines set(Shopper shopper, long productId, int quantity) {
    return of(shopper).set(productId, checked(quantity), sold(productId).stock());
  }

  /** Takes a product out of the shopper's cart; no error if it is not in. */
  public Lines remove(Shopper shopper, long productId) {
    return of(shopper).set(productId, 0, 0);
  }

  private Product sold(long productId) {
    return catalogue.product(productId).orElseThrow(() -> new NotFound("there is no product " + productId));
  }

  private static int checked(int quantity) {
    if (quantity < 1 || quantity > Lines.MAX_QUANTITY) {
      throw new BadRequest("quantity", "must be 1 to " + Lines.MAX_QUANTITY);
    }
    return quantity;
  }

  /**
   * Moves what the visitor collected into the account's cart. Stopped at any step and called again, it still adds
   * each thing once.
   */
  public void merge(String visitor, long accountId) {
    Cart from = ofVisitor(visitor);
    Parcel parcel = from.handOver();
    while (!parcel.quantities().isEmpty()) { // what a stopped login left on the way, then what came in since
      ofAccount(accountId).receive(parcel);
      from.handedOver(parcel.id());
      parcel = from.handOver();
    }
  }

  private Cart ofAccount(long id) {
    return carts.get("user:" + id);
  }

  private Cart ofVisitor(String visitor) {
    return carts.get("visitor:" + visitor);
  }
}
