/**
 * Several regions in one program: where they are, how long a message takes between them, and the origin's rows over HTTP. The distances are simulated, all
 * else is real: each edge has stores of its own, and asks the origin over sockets.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.world.Town}, {@link dev.edge4j.examples.shop.world.Link},
 * {@link dev.edge4j.examples.shop.world.OriginSql}; {@code dev.edge4j.examples.shop.World} puts them together.
 */
@NullMarked
package dev.edge4j.examples.shop.world;

import org.jspecify.annotations.NullMarked;
