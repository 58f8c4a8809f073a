/**
 * Where the shop sells, and prices as visitors see them: cents inside, a market's currency outside. Pure; the rest is the library's
 * {@code dev.edge4j.render.market}.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.money.ShopMarkets}, {@link dev.edge4j.examples.shop.money.Prices}.
 */
@NullMarked
package dev.edge4j.examples.shop.money;

import org.jspecify.annotations.NullMarked;
