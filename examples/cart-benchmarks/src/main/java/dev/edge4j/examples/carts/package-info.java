/**
 * The same durable cart as a durable object and as a persistent actor of Apache Pekko, each in a process of its own, on SQLite.
 * Start with {@link dev.edge4j.examples.carts.CartDriver}, {@link dev.edge4j.examples.carts.EdgeCarts} and
 * {@link dev.edge4j.examples.carts.PekkoCarts}.
 */
@NullMarked
package dev.edge4j.examples.carts;

import org.jspecify.annotations.NullMarked;
