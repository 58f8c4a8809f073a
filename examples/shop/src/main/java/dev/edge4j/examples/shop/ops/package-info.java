/**
 * The dashboard: what the shop measures of itself, drawn by the server and sent as it changes, and the switches beside it.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.ops.Monitor}, {@link dev.edge4j.examples.shop.ops.Dashboard}.
 */
@NullMarked
package dev.edge4j.examples.shop.ops;

import org.jspecify.annotations.NullMarked;
