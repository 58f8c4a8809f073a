/**
 * Orders, at the origin: stock is taken and the order written in one transaction, once for each idempotency key.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.orders.Orders}.
 */
@NullMarked
package dev.edge4j.examples.shop.orders;

import org.jspecify.annotations.NullMarked;
