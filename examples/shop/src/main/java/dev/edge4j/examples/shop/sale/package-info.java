/**
 * The sale of the day: a hundred pieces, one for each customer, kept by one durable object that nobody can ask twice at a time.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.sale.Sale}, {@link dev.edge4j.examples.shop.sale.Sales}.
 */
@NullMarked
package dev.edge4j.examples.shop.sale;

import org.jspecify.annotations.NullMarked;
