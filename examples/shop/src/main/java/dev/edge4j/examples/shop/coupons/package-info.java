/**
 * Coupons: what a code takes off an order. Terms are kept at the origin, which checks them once more when it takes the order.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.coupons.Coupon}, {@link dev.edge4j.examples.shop.coupons.Coupons}.
 */
@NullMarked
package dev.edge4j.examples.shop.coupons;

import org.jspecify.annotations.NullMarked;
