/**
 * Who is shopping: a visitor known by a cookie, or an account proved by a token.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.accounts.Shopper}, {@link dev.edge4j.examples.shop.accounts.Accounts}.
 */
@NullMarked
package dev.edge4j.examples.shop.accounts;

import org.jspecify.annotations.NullMarked;
