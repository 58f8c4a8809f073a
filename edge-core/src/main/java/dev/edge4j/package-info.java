/**
 * What a user types every day: routes, handlers, middleware, gates, the context of a request, and the errors that answer it.
 *
 * <p>An {@link dev.edge4j.App} is a function from request to response. It knows no server: {@code dev.edge4j.server.Server} is one
 * of its callers, {@link dev.edge4j.App#request(String)} another.
 *
 * <p>Start here: {@link dev.edge4j.App}, {@link dev.edge4j.Context}, {@link dev.edge4j.Gate}.
 */
@NullMarked
package dev.edge4j;

import org.jspecify.annotations.NullMarked;
