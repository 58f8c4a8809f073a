/**
 * The HTTP server, and the only serving-side room that knows Netty: connections, limits, time-outs, the hop from an event loop to
 * a virtual thread, and the graceful stop.
 *
 * <p>Start here: {@link dev.edge4j.server.Server}, {@link dev.edge4j.server.ServerOptions}.
 */
@NullMarked
package dev.edge4j.server;

import org.jspecify.annotations.NullMarked;
