/**
 * What every version of HTTP has alike: dates and lengths, which responses have a body, clients that take nothing, the other end of a
 * connection and what a stop does to one.
 *
 * <p>Start here: {@link dev.edge4j.server.wire.Connection}, {@link dev.edge4j.server.wire.Bodies}.
 */
@NullMarked
package dev.edge4j.server.wire;

import org.jspecify.annotations.NullMarked;
