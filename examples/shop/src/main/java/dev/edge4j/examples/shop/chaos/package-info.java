/**
 * Takes layers of the running shop away and gives them back: for the dashboard's buttons, and for tests of what happens then.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.chaos.Chaos}; {@link dev.edge4j.examples.shop.chaos.Wires} are the switches, and
 * {@link dev.edge4j.examples.shop.chaos.Wire} is where another one can be put.
 */
@NullMarked
package dev.edge4j.examples.shop.chaos;

import org.jspecify.annotations.NullMarked;
