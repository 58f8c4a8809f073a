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
import dev.edge4j.examples.shop.coupons.CouponRefused;
import dev.edge4j.examples.shop.coupons.Coupons;
import dev.edge4j.examples.shop.sale.Sales;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
  private final Coupons coupons;
  /** How many orders of carts are under way here, by account: what these have tried will be known, and needs no asking. */
  private final Map<Long, Integer> underWay = new ConcurrentHashMap<>();

  public Checkout(Orders orders, Carts carts, StockFeed stock, Desk desk, Coupons coupons) {
    this.orders = orders;
    this.carts = carts;
    this.stock = stock;
    this.desk = desk;
    this.coupons = coupons;
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

  /** Orders what is in the cart and takes it out; {@link Conflict} if there is nothing in, {@link CouponRefused} if its coupon does not work, which it is without then. */
  public Orders.Placed orderCart(Context c, Shopper shopper, IdempotencyKey key) {
    return counted(shopper, () -> orderCart(c, shopper, wish(key), Optional.empty(), Origin.PATIENT));
  }

  /**
   * Orders what is in the cart, or keeps the order while the origin is away, and takes it out; {@link Conflict} if the cart is not in the state of that
   * stamp. Fails otherwise as {@link Orders#place} does; {@link PricesChanged}: {@link #lookAgain}, or the same prices would be shown once more.
   */
  public Outcome checkOut(Context c, Shopper shopper, Wish wish, String stamp) {
    Optional<QueuedOrder> kept = queued(shopper, order -> order.wish().key().equals(wish.key()));
    return kept.isPresent() ? new Outcome.Queued(kept.get()) : orderOrQueue(c, shopper, wish, Optional.of(stamp));
  }

  /**
   * Orders these lines, or what is in the cart if there are none, or keeps the order while the origin is away. A key that was kept is answered by what has become
   * of its order, whatever the origin says; 422 if it came with another body. Fails otherwise as {@link #order} and {@link #orderCart} do.
   */
  public Outcome orderOrLeave(Context c, Shopper shopper, Optional<Lines> lines, IdempotencyKey key) {
    Optional<QueuedOrder> kept = queued(shopper, order -> order.wish().key().equals(key.text()));
    Outcome outcome = kept.isPresent() ? new Outcome.Queued(kept.get())
        : lines.isPresent() ? orderOrKeep(c, shopper, lines.get(), key)
            : orderOrQueue(c, shopper, wish(key), Optional.empty());
    if (outcome instanceof Outcome.Queued(QueuedOrder order)) {
      var _ = key.checked(order.wish().fingerprint());
    }
    return outcome;
  }

  private Outcome orderOrKeep(Context c, Shopper shopper, Lines lines, IdempotencyKey key) {
    try {
      return new Outcome.Ordered(desk.hurried().ask(() -> order(c, shopper, lines, key)));
    } catch (RuntimeException e) {
      if (Origin.isAway(e)) {
        return new Outcome.Queued(carts.of(shopper).keep(wish(key), lines));
      }
      throw e;
    }
  }

  private Outcome orderOrQueue(Context c, Shopper shopper, Wish wish, Optional<String> stamp) {
    return counted(shopper, () -> {
      try {
        return new Outcome.Ordered(orderCart(c, shopper, wish, stamp, desk.hurried()));
      } catch (RuntimeException e) {
        if (Origin.isAway(e)) {
          return new Outcome.Queued(carts.of(shopper).queue(wish)); // what was tried, and nothing that has come in meanwhile
        }
        throw e;
      }
    });
  }

  private <T> T counted(Shopper shopper, Supplier<T> order) {
    long user = shopper.required().id();
    underWay.merge(user, 1, Integer::sum);
    try {
      return order.get();
    } finally {
      underWay.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  private static Wish wish(IdempotencyKey key) {
    return new Wish(key.text(), key.fingerprint(), Optional.empty(), Optional.empty());
  }

  /** The latest of the shopper's kept orders that is like that; empty for who is not logged in. */
  Optional<QueuedOrder> queued(Shopper shopper, Predicate<QueuedOrder> which) {
    return shopper.account().isEmpty() ? Optional.empty()
        : carts.of(shopper).queued().stream().filter(which).findFirst();
  }

  /** Orders the cart in the state of that stamp, or without one as it is, and takes out what was ordered. */
  private Orders.Placed orderCart(Context c, Shopper shopper, Wish wish, Optional<String> stamp, Origin origin) {
    long user = shopper.required().id();
    Cart cart = carts.of(shopper);
    settle(cart, user, origin);
    Lines lines;
    try {
      lines = cart.attempt(wish.key(), stamp.orElseGet(() -> cart.view().stamp()));
    } catch (Conflict e) { // if the key comes again, what it has ordered is not in the cart any more
      Order before = origin.ask(() -> orders.replay(user, IdempotencyKey.of(wish))).orElseThrow(() -> e);
      takeOut(cart, wish.key(), before);
      return new Orders.Placed(before, true);
    }
    Orders.Placed placed = placeCart(c, cart, user, lines, wish, origin);
    takeOut(cart, wish.key(), placed.order());
    return placed;
  }

  /** What was tried before may have become an order although its answer was lost: it must not be ordered again with what has come in since. */
  private void settle(Cart cart, long user, Origin origin) {
    cart.unsettled().ifPresent(tried -> {
      if (underWay.getOrDefault(user, 0) > 1) {
        throw new Conflict("an order of yours is on its way: look at your cart again in a moment");
      }
      String earlier = tried.keys().getLast();
      origin.ask(() -> orders.ofCart(user, tried.lines().stamp()))
          .ifPresentOrElse(order -> takeOut(cart, earlier, order), () -> cart.giveUp(earlier));
    });
  }

  private Orders.Placed placeCart(Context c, Cart cart, long user, Lines lines, Wish wish, Origin origin) {
    try {
      return origin.ask(() -> place(c, Purchase.of(user, lines, wish)));
    } catch (OrderedAlready e) {
      cart.ordered(e.orderId(), wish.key(), lines.quantities()); // the state that it was made of, by another key
      throw e;
    } catch (CouponRefused e) {
      cart.giveUp(wish.key());
      cart.withoutCoupon(); // or each order after this one would be refused as well
      throw CouponRefused.takenOut();
    } catch (RuntimeException e) {
      if (!Origin.isAway(e)) {
        cart.giveUp(wish.key());
      }
      throw e;
    }
  }

  private Orders.Placed place(Context c, Purchase purchase) {
    Orders.Placed placed = orders.place(purchase);
    c.waitUntil(stock::pull);
    return placed;
  }

  /** Takes an order back, its piece of the sale too, and has the stock shown; fails as {@link Orders#cancel} does. */
  public Order cancel(Context c, Shopper shopper, long orderId) {
    Order order = orders.cancel(shopper.required().id(), orderId);
    if (order.lines().stream().anyMatch(line -> line.productId() == Sales.PRODUCT)) {
      carts.of(shopper).takenBack(orderId);
    }
    c.waitUntil(stock::pull);
    return order;
  }

  /**
   * Brings the edge copy, and what is shown of it, up to the origin's prices, and the coupon in the shopper's cart up to its terms; one that does not work any
   * more is taken out.
   */
  public void lookAgain(Shopper shopper) {
    stock.pull();
    Cart cart = carts.of(shopper);
    cart.view().coupon().ifPresent(kept -> {
      try {
        cart.use(coupons.find(kept.code(), OptionalLong.of(shopper.required().id())));
      } catch (CouponRefused e) {
        cart.withoutCoupon();
      }
    });
  }

  private static void takeOut(Cart cart, String key, Order order) {
    Map<Long, Integer> bought = order.lines()
        .stream()
        .collect(Collectors.toMap(OrderLine::productId, OrderLine::quantity));
    cart.ordered(order.id(), key, bought);
  }
}
