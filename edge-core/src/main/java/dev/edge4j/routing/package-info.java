/**
 * Which registrations answer a method and a path: patterns, the table compiled from them, and its matches. Pure and generic
 * over what is registered: it knows no handlers, does no I/O and decodes nothing.
 *
 * <p>What a table means is said by a slow, plain matcher in the tests ({@code ReferenceMatcher}) that shares no code with this room.
 *
 * <p>Start here: {@link dev.edge4j.routing.PathPattern}, {@link dev.edge4j.routing.RouteTable},
 * {@link dev.edge4j.routing.RouteMatch}.
 */
@NullMarked
package dev.edge4j.routing;

import org.jspecify.annotations.NullMarked;
