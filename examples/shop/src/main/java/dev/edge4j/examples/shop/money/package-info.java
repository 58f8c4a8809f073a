/**
 * Prices as visitors see them: cents inside, a market's currency outside. Pure.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.money.Markets}, {@link dev.edge4j.examples.shop.money.Prices}.
 */
@NullMarked
package dev.edge4j.examples.shop.money;

import org.jspecify.annotations.NullMarked;
