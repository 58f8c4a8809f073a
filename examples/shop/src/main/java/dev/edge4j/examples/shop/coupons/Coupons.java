package dev.edge4j.examples.shop.coupons;

import dev.edge4j.data.DataMesh;
import dev.edge4j.data.Queries;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The coupons at the origin. Whoever tries codes learns of each that it works or that it does not, and nothing else; how often he may try is for a gate
 * in front. Safe for use by many threads.
 */
public final class Coupons {
  /** The class of data that coupons belong to, as orders are checked against them in one transaction. */
  private static final String CLASS = "orders";

  private static final Pattern CODE = Pattern.compile("[A-Z0-9]{3,24}");

  /** A row; a flag is a number in every engine. */
  record Row(String code, long percent, long amountCents, long minimumCents, Instant expiresAt, long once) {
    Coupon coupon() {
      return new Coupon(code, percent, amountCents, minimumCents, expiresAt, once == 1);
    }
  }

  private final DataMesh mesh;
  private final InstantSource clock;

  public Coupons(DataMesh mesh, InstantSource clock) {
    this.mesh = mesh;
    this.clock = clock;
  }

  /** The coupon of a code as somebody typed it, for that account if he is logged in; {@link CouponRefused} if there is none that works for him. */
  public Coupon find(String typed, OptionalLong accountId) {
    String code = typed.strip().toUpperCase(Locale.ROOT);
    return mesh.session().transaction(CLASS, transaction -> check(transaction, code, accountId, clock.instant()));
  }

  /** The same in a transaction of the origin, as an order is placed: what counts are the terms of now. */
  public static Coupon check(Queries transaction, String code, OptionalLong accountId, Instant now) {
    if (!CODE.matcher(code).matches()) {
      throw CouponRefused.of();
    }
    Coupon coupon = transaction.queryOne(Row.class, "SELECT * FROM coupons WHERE code = :code", Map.of("code", code))
        .map(Row::coupon)
        .filter(found -> found.expiresAt().isAfter(now))
        .orElseThrow(CouponRefused::of);
    if (coupon.once() && accountId.isPresent() && isUsed(transaction, code, accountId.getAsLong())) {
      throw CouponRefused.of();
    }
    return coupon;
  }

  /** Notes in the transaction of an order that it used a coupon. */
  public static void use(Queries transaction, Coupon coupon, long accountId, long orderId) {
    if (coupon.once()) {
      transaction.update("INSERT INTO coupon_uses (code, user_id, order_id) VALUES (:code, :user, :order)",
          Map.of("code", coupon.code(), "user", accountId, "order", orderId));
    }
  }

  /** Gives back what a cancelled order used. */
  public static void release(Queries transaction, long orderId) {
    transaction.update("DELETE FROM coupon_uses WHERE order_id = :order", Map.of("order", orderId));
  }

  private static boolean isUsed(Queries transaction, String code, long accountId) {
    return transaction.queryOne(Long.class, "SELECT order_id FROM coupon_uses WHERE code = :code AND user_id = :user",
        Map.of("code", code, "user", accountId)).isPresent();
  }
}
