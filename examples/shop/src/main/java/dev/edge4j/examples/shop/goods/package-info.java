/**
 * What the keeper of the shop changes at the origin: prices and stock, by version, each change with an entry in the audit log.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.goods.Goods}.
 */
@NullMarked
package dev.edge4j.examples.shop.goods;

import org.jspecify.annotations.NullMarked;
