package dev.edge4j.examples.shop.cart;

import dev.edge4j.examples.shop.coupons.Coupon;
import java.util.Map;
import java.util.Optional;

/** What one cart hands over to another, once, under an id that no other parcel has. */
public record Parcel(String id, Map<Long, Integer> quantities, Optional<Coupon> coupon) {}
