/**
 * Who buys where, in which words and for which money: a market is a country, a locale and a currency, found once for each request and part of every cache's key. All that is
 * printed for it is the JDK's own CLDR data, by formatters that are made once and shared.
 *
 * <p>Start here: {@link dev.edge4j.render.market.Markets}, {@link dev.edge4j.render.market.Formats}, {@link dev.edge4j.render.market.Exchange}.
 */
@NullMarked
package dev.edge4j.render.market;

import org.jspecify.annotations.NullMarked;
