package dev.edge4j.examples.shop.cart;

import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.NotFound;
import dev.edge4j.WebSocketHandler;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.sale.Sales;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.Namespace;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The carts of all shoppers: finds the one that counts, and checks what goes in. Safe for use by many threads. */
public final class Carts {
  private static final String VISITOR = "visitor:";
  private static final String ACCOUNT = "user:";
  private static final int PAGE = 1_000;

  private final Namespace<Cart> carts;
  private final Catalogue catalogue;

  /** Carts that hand in at that desk what they have kept while the origin was away. */
  public Carts(DurableObjects objects, Catalogue catalogue, Sales sales, OrderDesk desk) {
    this.catalogue = catalogue;
    this.carts = objects.namespace("cart", Cart.class, state -> new ShoppingCart(state, sales.namespace(), desk));
  }

  /** The account's cart if the shopper is logged in, else the visitor's. */
  public Cart of(Shopper shopper) {
    return carts.get(name(shopper));
  }

  /** What the cart of {@link #of} is called, which names its shopper elsewhere too. */
  public String name(Shopper shopper) {
    return shopper.account().map(account -> account(account.id())).orElseGet(() -> visitor(shopper.visitor()));
  }

  /** Tells the pages of a shopper when his cart has changed. */
  public WebSocketHandler live(Function<? super Context, Shopper> shopper) {
    return carts.sockets(c -> name(shopper.apply(c)));
  }

  /** Puts one piece into the shopper's cart if none is in, however often it is asked; fails as {@link #add} does. */
  public Lines have(Shopper shopper, long productId) {
    return of(shopper).have(productId, sold(productId).stock());
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

  /** Has the orders that wait handed in now, as the origin is there again. */
  public void hurry() {
    String after = "";
    List<String> some;
    do {
      some = carts.find(Queue.ATTRIBUTE, Queue.WAITING, after, PAGE);
      some.forEach(name -> carts.get(name).hurry());
      after = some.isEmpty() ? after : some.getLast();
    } while (some.size() == PAGE);
  }

  /** How carts of another region are asked: over a way that takes its time. */
  @FunctionalInterface
  public interface Way {
    <T> T ask(Supplier<T> question);
  }

  /** Moves what is in the cart of that name from another region to this one, where its owner is now; each thing once, as {@link #merge} does. */
  public void takeOver(String name, Carts from, Way way) {
    Parcel parcel = way.ask(() -> from.carts.get(name).handOver());
    while (!parcel.quantities().isEmpty()) {
      Parcel arrived = parcel;
      carts.get(name).receive(arrived);
      parcel = way.ask(() -> {
        from.carts.get(name).handedOver(arrived.id());
        return from.carts.get(name).handOver();
      });
    }
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
    return carts.get(account(id));
  }

  private Cart ofVisitor(String visitor) {
    return carts.get(visitor(visitor));
  }

  private static String account(long id) {
    return ACCOUNT + id;
  }

  /** The account whose cart has that name. */
  static long accountId(String name) {
    if (!name.startsWith(ACCOUNT)) {
      throw new IllegalArgumentException("cart " + name + " (expected: an account's, as only these order)");
    }
    return Long.parseLong(name.substring(ACCOUNT.length()));
  }

  private static String visitor(String id) {
    return VISITOR + id;
  }

  /** Whether the cart of that name is a visitor's. */
  static boolean isVisitors(String name) {
    return name.startsWith(VISITOR);
  }
}
