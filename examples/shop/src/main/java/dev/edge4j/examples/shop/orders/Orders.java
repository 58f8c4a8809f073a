package dev.edge4j.examples.shop.orders;

import dev.edge4j.BadRequest;
import dev.edge4j.Conflict;
import dev.edge4j.NotFound;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.Queries;
import dev.edge4j.examples.shop.accounts.Address;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.catalogue.Rows;
import dev.edge4j.examples.shop.coupons.Coupon;
import dev.edge4j.examples.shop.coupons.Coupons;
import dev.edge4j.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  private static final String KNOWN = "SELECT fingerprint, order_id FROM order_keys WHERE user_id = :user AND key = :key";

  /** The most of an account's orders that are listed. */
  public static final int LISTED = 50;

  record Head(long id, String status, long totalCents, Instant createdAt, Optional<String> coupon,
      long discountCents, Optional<String> address) {}

  /** A row of {@code order_lines}. */
  record Row(long orderId, long productId, String name, long picture, int quantity, long unitCents) {
    OrderLine line() {
      return new OrderLine(productId, name, picture, quantity, unitCents);
    }
  }

  record Known(String fingerprint, long orderId) {}

  /**
   * What a transaction has come to.
   *
   * @param made the order, unless an earlier one has made it
   */
  private record Written(long orderId, Optional<Order> made) {}

  /** An order that waits to be sent, as far as who sends it needs to know; {@code totalCents} in US cents. */
  public record Unsent(long id, Instant createdAt, long totalCents) {}

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
        .queryOne(CLASS, Known.class, KNOWN, Map.of("user", userId, "key", key.text()))
        .map(known -> checked(known, key))
        .flatMap(known -> find(userId, known.orderId()));
  }

  /**
   * Places an order at the origin's prices, whatever a copy or a cache shows, with as many statements for fifty products as for one: others wait meanwhile.
   * {@link NotFound} for products that do not exist, {@link BadRequest} for an empty order, {@link Conflict} where there is not enough,
   * {@link OrderedAlready} for a cart in a state that was ordered before, {@link PricesChanged} if the total is not the one that the buyer agreed to,
   * {@link dev.edge4j.examples.shop.coupons.CouponRefused} if the coupon does not work any more; then nothing has changed.
   */
  Placed place(Purchase purchase) {
    if (purchase.lines().empty()) {
      throw new BadRequest("lines", "must hold at least one product");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as it is kept: the first answer is that of all later ones
    Written written = mesh.session().transaction(CLASS, transaction -> {
      IdempotencyKey key = purchase.key();
      Optional<Known> known = transaction.queryOne(Known.class, KNOWN, Map.of("user", purchase.userId(), "key", key
          .text()));
      if (known.isPresent()) {
        return new Written(checked(known.get(), key).orderId(), Optional.empty());
      }
      refuseTwice(transaction, purchase.lines().stamp());
      Bill bill = bill(transaction, purchase, now);
      bill.refuseOtherTotal(purchase.agreedCents());
      Stock.take(transaction, bill.lines());
      Order made = insert(transaction, purchase, bill, now);
      return new Written(made.id(), Optional.of(made));
    });
    return written.made()
        .map(made -> new Placed(made, false))
        .orElseGet(() -> new Placed(find(purchase.userId(), written.orderId()).orElseThrow(), true));
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
        Ids one = Ids.of(List.of(orderId));
        Stock.giveBack(transaction, transaction.query(OrderLine.class, linesOf(one), one.args()));
        Coupons.release(transaction, orderId);
        Bought.takeBack(transaction, userId, orderId);
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
  public List<Unsent> pending() {
    return mesh.session()
        .query(CLASS, Unsent.class,
            "SELECT id, created_at, total_cents FROM orders WHERE status = 'pending' ORDER BY id LIMIT :limit",
            Map.of("limit", LISTED));
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
    List<Head> heads = mesh.session()
        .query(CLASS, Head.class, "SELECT * FROM orders WHERE user_id = :user ORDER BY id DESC LIMIT :limit",
            Map.of("user", userId, "limit", LISTED));
    return whole(heads);
  }

  private Order whole(Head head) {
    return whole(List.of(head)).getFirst();
  }

  /** The lines of all of them are asked for at once. */
  private List<Order> whole(List<Head> heads) {
    if (heads.isEmpty()) {
      return List.of();
    }
    Ids ids = Ids.of(heads.stream().map(Head::id).toList());
    Map<Long, List<OrderLine>> lines = mesh.session()
        .query(CLASS, Row.class, linesOf(ids), ids.args())
        .stream()
        .collect(Collectors.groupingBy(Row::orderId, Collectors.mapping(Row::line, Collectors.toList())));
    return heads.stream().map(head -> whole(head, lines.getOrDefault(head.id(), List.of()))).toList();
  }

  private static Order whole(Head head, List<OrderLine> lines) {
    Optional<Address> address = head.address()
        .map(json -> JsonCodec.jackson().read(json.getBytes(StandardCharsets.UTF_8), Address.class));
    return new Order(head.id(), Order.Status.valueOf(head.status().toUpperCase(Locale.ROOT)), head.totalCents(), head
        .createdAt(), head.coupon(), head.discountCents(), address, lines);
  }

  private static String linesOf(Ids orders) {
    return "SELECT * FROM order_lines WHERE order_id IN (" + orders.names() + ") ORDER BY position, product_id";
  }

  /** What is to be paid, by the origin's prices and the coupon's terms of now. */
  private static Bill bill(Queries transaction, Purchase purchase, Instant now) {
    Map<Long, Integer> wanted = purchase.lines().quantities();
    Ids ids = Ids.of(wanted.keySet());
    Map<Long, Product> products = transaction.query(Product.class, "SELECT * FROM products WHERE id IN (" + ids.names()
        + ")", ids.args()).stream().collect(Collectors.toMap(Product::id, Function.identity()));
    List<OrderLine> priced = new ArrayList<>();
    wanted.forEach((id, quantity) -> {
      Product product = Optional.ofNullable(products.get(id))
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
    if (!stamp.isEmpty()) {
      transaction.queryOne(Long.class, "SELECT id FROM orders WHERE cart_stamp = :stamp", Map.of("stamp", stamp))
          .ifPresent(id -> {
            throw new OrderedAlready(id);
          });
    }
  }

  private static Order insert(Queries transaction, Purchase purchase, Bill bill, Instant now) {
    Optional<String> cart = Optional.of(purchase.lines().stamp()).filter(text -> !text.isEmpty());
    Optional<String> address = purchase.address()
        .map(where -> new String(JsonCodec.jackson().write(where), StandardCharsets.UTF_8));
    long id = transaction.queryOne(Long.class, "INSERT INTO orders"
        + " (user_id, total_cents, cart_stamp, created_at, coupon, discount_cents, address)"
        + " VALUES (:user, :total, :cart, :now, :coupon, :discount, :address) RETURNING id",
        Map.of("user", purchase.userId(), "total", bill.totalCents(), "cart", cart, "now", now, "coupon",
            bill.coupon().map(Coupon::code), "discount", bill.discountCents(), "address", address)).orElseThrow();
    var rows = new Rows(transaction, "order_lines", "order_id", "product_id", "name", "picture", "quantity",
        "unit_cents", "position");
    int position = 0;
    for (OrderLine line : bill.lines()) {
      rows.add(id, line.productId(), line.name(), line.picture(), line.quantity(), line.unitCents(), position);
      position++;
    }
    rows.flush();
    bill.coupon().ifPresent(coupon -> Coupons.use(transaction, coupon, purchase.userId(), id));
    transaction.update(
        "INSERT INTO order_keys (user_id, key, fingerprint, order_id) VALUES (:user, :key, :print, :order)",
        Map.of("user", purchase.userId(), "key", purchase.key().text(), "print", purchase.key().fingerprint(), "order",
            id));
    return new Order(id, Order.Status.PENDING, bill.totalCents(), now, bill.coupon().map(Coupon::code), bill
        .discountCents(), purchase.address(), bill.lines());
  }
}
