package dev.edge4j.examples.shop.orders;

import dev.edge4j.BadRequest;
import dev.edge4j.Conflict;
import dev.edge4j.HttpError;
import dev.edge4j.NotFound;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.Queries;
import dev.edge4j.examples.shop.cart.Lines;
import dev.edge4j.examples.shop.catalogue.Product;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
      "3_line_order.sql");

  /** The most of an account's orders that are listed. */
  public static final int LISTED = 50;

  record Head(long id, String status, long totalCents, Instant createdAt) {}

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
   * for an empty order, {@link Conflict} where there is not enough; then nothing has changed.
   */
  public Placed place(long userId, Lines lines, IdempotencyKey key) {
    return place(userId, lines, key, OptionalLong.empty());
  }

  /** The same, and {@link PricesChanged} if the total is not the one that the buyer agreed to. */
  public Placed place(long userId, Lines lines, IdempotencyKey key, OptionalLong agreedCents) {
    if (lines.empty()) {
      throw new BadRequest("lines", "must hold at least one product");
    }
    Instant now = clock.instant();
    Written written = mesh.session().transaction(CLASS, transaction -> {
      Optional<Known> known = transaction.queryOne(Known.class,
          "SELECT fingerprint, order_id FROM order_keys WHERE user_id = :user AND key = :key",
          Map.of("user", userId, "key", key.text()));
      if (known.isPresent()) {
        return new Written(checked(known.get(), key).orderId(), true);
      }
      refuseTwice(transaction, lines.stamp());
      List<OrderLine> priced = priced(transaction, lines);
      refuseOtherTotal(priced, agreedCents);
      priced.forEach(line -> takeStock(transaction, line));
      return new Written(insert(transaction, userId, priced, lines.stamp(), key, now), false);
    });
    return new Placed(find(userId, written.orderId()).orElseThrow(), written.replayed());
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
    List<OrderLine> lines = mesh.session()
        .query(CLASS, OrderLine.class, "SELECT * FROM order_lines WHERE order_id = :id ORDER BY position, product_id",
            Map.of("id", head.id()));
    return new Order(head.id(), head.status(), head.totalCents(), head.createdAt(), lines);
  }

  private static List<OrderLine> priced(Queries transaction, Lines lines) {
    List<OrderLine> priced = new ArrayList<>();
    lines.quantities().forEach((id, quantity) -> {
      Product product = transaction.queryOne(Product.class, "SELECT * FROM products WHERE id = :id", Map.of("id", id))
          .orElseThrow(() -> new NotFound("there is no product " + id));
      priced.add(new OrderLine(id, product.name(), product.picture(), quantity, product.priceCents()));
    });
    return priced;
  }

  private static void refuseOtherTotal(List<OrderLine> lines, OptionalLong agreedCents) {
    long total = lines.stream().mapToLong(OrderLine::totalCents).sum();
    if (agreedCents.isPresent() && agreedCents.getAsLong() != total) {
      throw new PricesChanged();
    }
  }

  private static Known checked(Known known, IdempotencyKey key) {
    if (!known.fingerprint().equals(key.fingerprint())) {
      throw new HttpError(422, "this Idempotency-Key has been used for another request");
    }
    return known;
  }

  /** Two windows with one cart have two keys: the state of the cart is sold once. */
  private static void refuseTwice(Queries transaction, String stamp) {
    if (transaction.queryOne(Long.class, "SELECT id FROM orders WHERE cart_stamp = :stamp", Map.of("stamp", stamp))
        .isPresent()) {
      throw new Conflict("this cart has been ordered already");
    }
  }

  /** The condition stands in the statement itself: what it finds and what it takes cannot differ. */
  private static void takeStock(Queries transaction, OrderLine line) {
    long taken = transaction.update("UPDATE stock SET available = available - :quantity,"
        + " version = (SELECT max(version) FROM stock) + 1 WHERE product_id = :id AND available >= :quantity",
        Map.of("quantity", line.quantity(), "id", line.productId()));
    if (taken == 0) {
      long left = transaction.queryOne(Long.class, "SELECT available FROM stock WHERE product_id = :id", Map.of("id",
          line.productId())).orElse(0L);
      throw new Conflict(left == 0 ? line.name() + " is sold out"
          : "only " + left + " of " + line.name() + " are left");
    }
  }

  private static long insert(Queries transaction, long userId, List<OrderLine> lines, String stamp, IdempotencyKey key,
      Instant now) {
    long total = lines.stream().mapToLong(OrderLine::totalCents).sum();
    Optional<String> cart = Optional.of(stamp).filter(text -> !text.isEmpty());
    long id = transaction.queryOne(Long.class, "INSERT INTO orders (user_id, total_cents, cart_stamp, created_at)"
        + " VALUES (:user, :total, :cart, :now) RETURNING id",
        Map.of("user", userId, "total", total, "cart", cart, "now", now)).orElseThrow();
    for (int i = 0; i < lines.size(); i++) {
      OrderLine line = lines.get(i);
      transaction.update("INSERT INTO order_lines (order_id, product_id, name, picture, quantity, unit_cents, position)"
          + " VALUES (:order, :product, :name, :picture, :quantity, :unit, :position)",
          Map.of("order", id, "product", line.productId(), "name", line.name(), "picture", line.picture(), "quantity",
              line.quantity(), "unit", line.unitCents(), "position", i));
    }
    transaction.update(
        "INSERT INTO order_keys (user_id, key, fingerprint, order_id) VALUES (:user, :key, :print, :order)",
        Map.of("user", userId, "key", key.text(), "print", key.fingerprint(), "order", id));
    return id;
  }
}
