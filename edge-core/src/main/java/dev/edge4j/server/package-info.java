/**
 * The HTTP server, and with the packages below it the only serving-side room that knows Netty: where it listens, who is let in, what
 * each connection speaks, when it is ready and how it stops. What it speaks is in {@code http1}, {@code http2} and {@code websocket}.
 *
 * <p>Start here: {@link dev.edge4j.server.Server}, {@link dev.edge4j.server.ServerOptions}.
 */
@NullMarked
package dev.edge4j.server;

import org.jspecify.annotations.NullMarked;
