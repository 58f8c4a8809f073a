package dev.edge4j.examples.shop.orders;

import dev.edge4j.Conflict;
import dev.edge4j.Context;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Cart;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.cart.Lines;
import dev.edge4j.examples.shop.cart.QueuedOrder;
import dev.edge4j.examples.shop.cart.Wish;
import dev.edge4j.examples.shop.catalogue.StockFeed;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * From a shopper's wish to an order, with what follows from it: the cart emptied, the edge copy told of the stock. Safe for use by many threads.
 *
 * <p>An order of a program waits for the origin, and fails with it; the program has its key, and comes again. An order of a person, or of a program that would rather
 * leave it here, is accepted all the same: the cart keeps it, and hands it in at the {@link Desk} when the origin is back.
 */
public final class Checkout {
  private final Orders orders;
  private final Carts carts;
  private final StockFeed stock;
  private final Desk desk;

  public Checkout(Orders orders, Carts carts, StockFeed stock, Desk desk) {
    this.orders = orders;
    this.carts = carts;
    this.stock = stock;
    this.desk = desk;
  }

  /** What became of a wish. */
  public sealed interface Outcome {
    record Ordered(Orders.Placed placed) implements Outcome {}

    /** The origin is away: it is kept. */
    record Queued(QueuedOrder order) implements Outcome {}
  }

  /** Orders these lines; fails as {@link Orders#place} does. */
  public Orders.Placed order(Context c, Shopper shopper, Lines lines, IdempotencyKey key) {
    return place(c, Purchase.of(shopper.required().id(), lines, key));
  }

  /** Orders what is in the cart and takes it out; {@link Conflict} if there is nothing in. */
  public Orders.Placed orderCart(Context c, Shopper shopper, IdempotencyKey key) {
    return orderCart(c, shopper, new Wish(key.text(), key.fingerprint(), Optional.empty(), Optional.empty()), Optional
        .empty(), Origin.PATIENT);
  }

  /**
   * Orders what is in the cart, or keeps the order while the origin is away, and takes it out; {@link Conflict} if the cart is not in the state of that
   * stamp. Fails otherwise as {@link Orders#place} does; {@link PricesChanged}: then the new prices are shown from now on.
   */
  public Outcome checkOut(Context c, Shopper shopper, Wish wish, String stamp) {
    Cart cart = carts.of(shopper);
    Optional<QueuedOrder> queued = cart.queued()
        .stream()
        .filter(one -> one.wish().key().equals(wish.key()))
        .findFirst();
    if (queued.isPresent()) {
      return new Outcome.Queued(queued.get());
    }
    try {
      return new Outcome.Ordered(orderCart(c, shopper, wish, Optional.of(stamp), desk.hurried()));
    } catch (RuntimeException e) {
      if (Origin.isAway(e)) {
        return new Outcome.Queued(cart.queue(wish, stamp));
      }
      throw e;
    }
  }

  /**
   * Orders these lines, or what is in the cart if there are none, or keeps the order while the origin is away. A key that was kept is answered by what has become
   * of its order, whatever the origin says; 422 if it came with another body. Fails otherwise as {@link #order} and {@link #orderCart} do.
   */
  public Outcome orderOrLeave(Context c, Shopper shopper, Optional<Lines> lines, IdempotencyKey key) {
    Cart cart = carts.of(shopper);
    Optional<QueuedOrder> kept = queued(shopper, order -> order.wish().key().equals(key.text()));
    if (kept.isPresent()) {
      var _ = key.checked(kept.get().wish().fingerprint());
      return new Outcome.Queued(kept.get());
    }
    var wish = new Wish(key.text(), key.fingerprint(), Optional.empty(), Optional.empty());
    String stamp = cart.view().stamp(); // what is tried, and nothing that comes in meanwhile, is what is kept
    try {
      return new Outcome.Ordered(lines.isPresent() ? desk.hurried().ask(() -> order(c, shopper, lines.get(), key))
          : orderCart(c, shopper, wish, Optional.of(stamp), desk.hurried()));
    } catch (RuntimeException e) {
      if (!Origin.isAway(e)) {
        throw e;
      }
      QueuedOrder order = lines.isPresent() ? cart.keep(wish, lines.get()) : cart.queue(wish, stamp);
      var _ = key.checked(order.wish().fingerprint());
      return new Outcome.Queued(order);
    }
  }

  /** The latest of the shopper's kept orders that is like that; empty for who is not logged in. */
  Optional<QueuedOrder> queued(Shopper shopper, Predicate<QueuedOrder> which) {
    return shopper.account().isEmpty() ? Optional.empty()
        : carts.of(shopper).queued().stream().filter(which).findFirst();
  }

  private Orders.Placed orderCart(Context c, Shopper shopper, Wish wish, Optional<String> stamp, Origin origin) {
    long user = shopper.required().id();
    IdempotencyKey key = IdempotencyKey.of(wish);
    Cart cart = carts.of(shopper);
    Optional<Order> before = origin.ask(() -> orders.replay(user, key));
    if (before.isPresent()) {
      takeOut(cart, before.get()); // the process may have been killed between the order and this
      return new Orders.Placed(before.get(), true);
    }
    Lines lines = cart.view();
    if (lines.empty()) {
      throw new Conflict("the cart is empty");
    }
    if (stamp.isPresent() && !stamp.get().equals(lines.stamp())) {
      throw new Conflict("your cart has changed in another window: look once more, then order");
    }
    Optional<Order> same = origin.ask(() -> orders.ofCart(user, lines.stamp()));
    if (same.isPresent()) {
      takeOut(cart, same.get());
      Optional<Order> meanwhile = origin.ask(() -> orders.replay(user, key)); // of this key, by a request that was late
      if (meanwhile.isPresent()) {
        return new Orders.Placed(meanwhile.get(), true);
      }
      throw new Conflict("this cart has been ordered already: it is order " + same.get().id());
    }
    Orders.Placed placed = origin.ask(() -> place(c, Purchase.of(user, lines, wish)));
    takeOut(cart, placed.order());
    return placed;
  }

  private Orders.Placed place(Context c, Purchase purchase) {
    Orders.Placed placed = orders.place(purchase);
    c.waitUntil(stock::pull);
    return placed;
  }

  /** Takes an order back, and has the stock shown; fails as {@link Orders#cancel} does. */
  public Order cancel(Context c, Shopper shopper, long orderId) {
    Order order = orders.cancel(shopper.required().id(), orderId);
    c.waitUntil(stock::pull);
    return order;
  }

  /** Brings the edge copy, and what is shown of it, up to the origin's prices. */
  public void lookAgain() {
    stock.pull();
  }

  private static void takeOut(Cart cart, Order order) {
    Map<Long, Integer> bought = order.lines()
        .stream()
        .collect(Collectors.toMap(OrderLine::productId, OrderLine::quantity));
    cart.ordered(order.id(), bought);
  }
}
