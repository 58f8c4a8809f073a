/**
 * HTTP/1.1 (RFC 9112). At its heart a decoder that makes pieces of requests of bytes, and an encoder of heads, both without channels,
 * threads or clocks; around them the connection. What could be read in two ways is refused, because two readers of one connection
 * would then disagree about where a request ends.
 *
 * <p>Start here: {@link dev.edge4j.server.http1.Http1Connection}, {@link dev.edge4j.server.http1.Decoder},
 * {@link dev.edge4j.server.http1.Piece}.
 */
@NullMarked
package dev.edge4j.server.http1;

import org.jspecify.annotations.NullMarked;
