package dev.edge4j.examples.shop.orders;

import dev.edge4j.BadRequest;
import dev.edge4j.Conflict;
import dev.edge4j.NotFound;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.Queries;
import dev.edge4j.examples.shop.accounts.Address;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.coupons.Coupon;
import dev.edge4j.examples.shop.coupons.Coupons;
import dev.edge4j.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Places orders. All that decides is read and written in one transaction of the origin's single writer, so that no
 * two buyers get the last piece and no request is served twice. Safe for use by many threads.
 */
public final class Orders {
  /** The class of data in the mesh. */
  public static final String CLASS = "orders";

  /** The tables of the origin. */
  public static final Migrations MIGRATIONS = Migrations.resources(Orders.class, "1_origin.sql", "2_goods.sql",
      "3_line_order.sql", "4_coupons.sql", "5_keepers.sql", "6_facets_and_reviews.sql");

  private static final String LINES = "SELECT * FROM order_lines WHERE order_id = :id ORDER BY position, product_id";

  /** The most of an account's orders that are listed. */
  public static final int LISTED = 50;

  record Head(long id, String status, long totalCents, Instant createdAt, Optional<String> coupon,
      long discountCents, Optional<String> address) {}

  record Known(String fingerprint, long orderId) {}

  private record Written(long orderId, boolean replayed) {}

  /**
   * An order, and whether it was there before.
   *
   * @param replayed true if an earlier request with this key had made it
   */
  public record Placed(Order order, boolean replayed) {}

  private final DataMesh mesh;
  private final InstantSource clock;

  public Orders(DataMesh mesh, InstantSource clock) {
    this.mesh = mesh;
    this.clock = clock;
  }

  /** The order that this key has made before; 422 if it was made by another request body. */
  public Optional<Order> replay(long userId, IdempotencyKey key) {
    return mesh.session()
        .queryOne(CLASS, Known.class,
            "SELECT fingerprint, order_id FROM order_keys WHERE user_id = :user AND key = :key",
            Map.of("user", userId, "key", key.text()))
        .map(known -> checked(known, key))
        .flatMap(known -> find(userId, known.orderId()));
  }

  /**
   * Places an order at the origin's prices, whatever a copy or a cache shows. {@link NotFound} for products that do not exist, {@link BadRequest}
   * for an empty order, {@link Conflict} where there is not enough, {@link PricesChanged} if the total is not the one that the buyer agreed to,
   * {@link dev.edge4j.examples.shop.coupons.CouponRefused} if the coupon does not work any more; then nothing has changed.
   */
  Placed place(Purchase purchase) {
    if (purchase.lines().empty()) {
      throw new BadRequest("lines", "must hold at least one product");
    }
    Instant now = clock.instant();
    Written written = mesh.session().transaction(CLASS, transaction -> {
      IdempotencyKey key = purchase.key();
      Optional<Known> known = transaction.queryOne(Known.class,
          "SELECT fingerprint, order_id FROM order_keys WHERE user_id = :user AND key = :key",
          Map.of("user", purchase.userId(), "key", key.text()));
      if (known.isPresent()) {
        return new Written(checked(known.get(), key).orderId(), true);
      }
      refuseTwice(transaction, purchase.lines().stamp());
      Bill bill = bill(transaction, purchase, now);
      bill.refuseOtherTotal(purchase.agreedCents());
      bill.lines().forEach(line -> Stock.take(transaction, line));
      return new Written(insert(transaction, purchase, bill, now), false);
    });
    return new Placed(find(purchase.userId(), written.orderId()).orElseThrow(), written.replayed());
  }

  /**
   * Takes an order back that has not been sent: what it took is in stock again, and its coupon can be used once more. {@link NotFound} for an order of
   * somebody else, {@link Conflict} for one that is sent. One that is cancelled already stays so.
   */
  public Order cancel(long userId, long orderId) {
    mesh.session().transaction(CLASS, transaction -> {
      long cancelled = transaction.update("UPDATE orders SET status = 'cancelled'"
          + " WHERE id = :id AND user_id = :user AND status = 'pending'", Map.of("id", orderId, "user", userId));
      if (cancelled == 1) {
        lines(transaction, orderId).forEach(line -> Stock.giveBack(transaction, line));
        Coupons.release(transaction, orderId);
      }
      return cancelled;
    });
    Order order = find(userId, orderId).orElseThrow(() -> new NotFound("you have no order " + orderId));
    if (order.status() == Order.Status.SENT) {
      throw new Conflict("order " + orderId + " has been sent already");
    }
    return order;
  }

  /** Marks an order as sent; {@link Conflict} if it was cancelled, or is none. */
  public void send(long orderId) {
    long sent = mesh.session()
        .update(CLASS, "UPDATE orders SET status = 'sent' WHERE id = :id AND status <> 'cancelled'",
            Map.of("id", orderId));
    if (sent == 0) {
      throw new Conflict("order " + orderId + " cannot be sent");
    }
  }

  /** The orders of all accounts that wait to be sent, the oldest first. */
  public List<Order> pending() {
    return mesh.session()
        .query(CLASS, Head.class, "SELECT * FROM orders WHERE status = 'pending' ORDER BY id LIMIT :limit",
            Map.of("limit", LISTED))
        .stream()
        .map(this::whole)
        .toList();
  }

  /** The order that was made of that state of a cart. */
  public Optional<Order> ofCart(long userId, String stamp) {
    return mesh.session()
        .queryOne(CLASS, Head.class, "SELECT * FROM orders WHERE cart_stamp = :stamp AND user_id = :user",
            Map.of("stamp", stamp, "user", userId))
        .map(this::whole);
  }

  /** An order of that account. */
  public Optional<Order> find(long userId, long orderId) {
    return mesh.session()
        .queryOne(CLASS, Head.class, "SELECT * FROM orders WHERE id = :id AND user_id = :user",
            Map.of("id", orderId, "user", userId))
        .map(this::whole);
  }

  /** The account's latest orders, the last one first. */
  public List<Order> list(long userId) {
    return mesh.session()
        .query(CLASS, Head.class, "SELECT * FROM orders WHERE user_id = :user ORDER BY id DESC LIMIT :limit",
            Map.of("user", userId, "limit", LISTED))
        .stream()
        .map(this::whole)
        .toList();
  }

  private Order whole(Head head) {
    Optional<Address> address = head.address()
        .map(json -> JsonCodec.jackson().read(json.getBytes(StandardCharsets.UTF_8), Address.class));
    return new Order(head.id(), Order.Status.valueOf(head.status().toUpperCase(Locale.ROOT)), head.totalCents(), head
        .createdAt(), head.coupon(),
        head.discountCents(), address, mesh.session().query(CLASS, OrderLine.class, LINES, Map.of("id", head.id())));
  }

  private static List<OrderLine> lines(Queries transaction, long orderId) {
    return transaction.query(OrderLine.class, LINES, Map.of("id", orderId));
  }

  /** What is to be paid, by the origin's prices and the coupon's terms of now. */
  private static Bill bill(Queries transaction, Purchase purchase, Instant now) {
    List<OrderLine> priced = new ArrayList<>();
    purchase.lines().quantities().forEach((id, quantity) -> {
      Product product = transaction.queryOne(Product.class, "SELECT * FROM products WHERE id = :id", Map.of("id", id))
          .orElseThrow(() -> new NotFound("there is no product " + id));
      priced.add(new OrderLine(id, product.name(), product.picture(), quantity, product.priceCents()));
    });
    Optional<Coupon> coupon = purchase.lines()
        .coupon()
        .map(typed -> Coupons.check(transaction, typed.code(), OptionalLong.of(purchase.userId()), now));
    return Bill.of(priced, coupon);
  }

  private static Known checked(Known known, IdempotencyKey key) {
    var _ = key.checked(known.fingerprint());
    return known;
  }

  /** Two windows with one cart have two keys: the state of the cart is sold once. */
  private static void refuseTwice(Queries transaction, String stamp) {
    if (transaction.queryOne(Long.class, "SELECT id FROM orders WHERE cart_stamp = :stamp", Map.of("stamp", stamp))
        .isPresent()) {
      throw new Conflict("this cart has been ordered already");
    }
  }

  private static long insert(Queries transaction, Purchase purchase, Bill bill, Instant now) {
    Optional<String> cart = Optional.of(purchase.lines().stamp()).filter(text -> !text.isEmpty());
    Optional<String> address = purchase.address()
        .map(where -> new String(JsonCodec.jackson().write(where), StandardCharsets.UTF_8));
    long id = transaction.queryOne(Long.class, "INSERT INTO orders"
        + " (user_id, total_cents, cart_stamp, created_at, coupon, discount_cents, address)"
        + " VALUES (:user, :total, :cart, :now, :coupon, :discount, :address) RETURNING id",
        Map.of("user", purchase.userId(), "total", bill.totalCents(), "cart", cart, "now", now, "coupon",
            bill.coupon().map(Coupon::code), "discount", bill.discountCents(), "address", address)).orElseThrow();
    List<OrderLine> lines = bill.lines();
    for (int i = 0; i < lines.size(); i++) {
      OrderLine line = lines.get(i);
      transaction.update("INSERT INTO order_lines (order_id, product_id, name, picture, quantity, unit_cents, position)"
          + " VALUES (:order, :product, :name, :picture, :quantity, :unit, :position)",
          Map.of("order", id, "product", line.productId(), "name", line.name(), "picture", line.picture(), "quantity",
              line.quantity(), "unit", line.unitCents(), "position", i));
    }
    bill.coupon().ifPresent(coupon -> Coupons.use(transaction, coupon, purchase.userId(), id));
    transaction.update(
        "INSERT INTO order_keys (user_id, key, fingerprint, order_id) VALUES (:user, :key, :print, :order)",
        Map.of("user", purchase.userId(), "key", purchase.key().text(), "print", purchase.key().fingerprint(), "order",
            id));
    return id;
  }
}
