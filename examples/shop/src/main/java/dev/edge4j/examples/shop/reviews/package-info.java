/**
 * What customers think of a product: written at the origin, read from there and kept near the visitors for a while.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.reviews.Reviews}, {@link dev.edge4j.examples.shop.reviews.ReviewPage}.
 */
@NullMarked
package dev.edge4j.examples.shop.reviews;

import org.jspecify.annotations.NullMarked;
