/**
 * The degradation chain: which step gave an answer, and how the answer says so.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.chain.Step}, {@link dev.edge4j.examples.shop.chain.ServedFrom}.
 */
@NullMarked
package dev.edge4j.examples.shop.chain;

import org.jspecify.annotations.NullMarked;
