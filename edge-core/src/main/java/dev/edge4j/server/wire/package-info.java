/**
 * What every version of HTTP puts on the wire alike: dates, which responses have a body, clients that take nothing.
 *
 * <p>Start here: {@link dev.edge4j.server.wire.Bodies}.
 */
@NullMarked
package dev.edge4j.server.wire;

import org.jspecify.annotations.NullMarked;
