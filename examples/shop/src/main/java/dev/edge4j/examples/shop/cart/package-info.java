/**
 * Carts: one durable object for each visitor, and one for each account, which a visitor's is merged into.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.cart.Cart}, {@link dev.edge4j.examples.shop.cart.Carts}.
 */
@NullMarked
package dev.edge4j.examples.shop.cart;

import org.jspecify.annotations.NullMarked;
