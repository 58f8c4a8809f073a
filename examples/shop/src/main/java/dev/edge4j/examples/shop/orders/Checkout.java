package dev.edge4j.examples.shop.orders;

import dev.edge4j.Conflict;
import dev.edge4j.Context;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Cart;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.cart.Lines;
import dev.edge4j.examples.shop.catalogue.StockFeed;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** From a shopper's wish to an order, with what follows from it: the cart emptied, the edge copy told of the stock. */
public final class Checkout {
  private final Orders orders;
  private final Carts carts;
  private final StockFeed stock;

  public Checkout(Orders orders, Carts carts, StockFeed stock) {
    this.orders = orders;
    this.carts = carts;
    this.stock = stock;
  }

  /** Orders these lines; fails as {@link Orders#place} does. */
  public Orders.Placed order(Context c, Shopper shopper, Lines lines, IdempotencyKey key) {
    return order(c, shopper, lines, key, OptionalLong.empty());
  }

  private Orders.Placed order(Context c, Shopper shopper, Lines lines, IdempotencyKey key, OptionalLong agreedCents) {
    Orders.Placed placed = orders.place(shopper.required().id(), lines, key, agreedCents);
    c.waitUntil(stock::pull);
    return placed;
  }

  /** Orders what is in the cart and takes it out; {@link Conflict} if there is nothing in. */
  public Orders.Placed orderCart(Context c, Shopper shopper, IdempotencyKey key) {
    return orderCart(c, shopper, key, OptionalLong.empty());
  }

  /** The same, and {@link PricesChanged} if the total is not the one that the buyer agreed to: then the new prices are shown from now on. */
  public Orders.Placed orderCart(Context c, Shopper shopper, IdempotencyKey key, OptionalLong agreedCents) {
    Cart cart = carts.of(shopper);
    Optional<Order> before = orders.replay(shopper.required().id(), key);
    if (before.isPresent()) {
      takeOut(cart, before.get()); // the process may have been killed between the order and this
      return new Orders.Placed(before.get(), true);
    }
    Lines lines = cart.view();
    if (lines.empty()) {
      throw new Conflict("the cart is empty");
    }
    Optional<Order> same = orders.ofCart(shopper.required().id(), lines.stamp());
    if (same.isPresent()) {
      takeOut(cart, same.get());
      Optional<Order> meanwhile = orders.replay(shopper.required().id(), key); // of this key, by a request that was late
      if (meanwhile.isPresent()) {
        return new Orders.Placed(meanwhile.get(), true);
      }
      throw new Conflict("this cart has been ordered already: it is order " + same.get().id());
    }
    Orders.Placed placed = order(c, shopper, lines, key, agreedCents);
    takeOut(cart, placed.order());
    return placed;
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
