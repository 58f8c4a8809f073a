/**
 * The shop from outside: a process of its own, asked over sockets by browsers, curl, rude clients and {@code kill -9}.
 *
 * <p>These run with {@code mvn verify}. What needs a program that is missing fails with one line that says how to install it, and
 * {@code -Dedge4j.browser=false}, {@code -Dedge4j.strace=false} or {@code -Dedge4j.curl=false} leave its tests out, which they print.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.it.ShopProcess}, {@link dev.edge4j.examples.shop.it.Tool}.
 */
@NullMarked
package dev.edge4j.examples.shop.it;

import org.jspecify.annotations.NullMarked;
