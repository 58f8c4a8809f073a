/**
 * HTTP/1.1 off the wire, read strictly (RFC 9112): bytes in, pieces of requests out. Pure but for the buffer that it reads: no
 * channels, threads or clocks. What could be read in two ways is refused, because two readers of one connection would then
 * disagree about where a request ends.
 *
 * <p>Start here: {@link dev.edge4j.server.http1.Decoder}, {@link dev.edge4j.server.http1.Piece}.
 */
@NullMarked
package dev.edge4j.server.http1;

import org.jspecify.annotations.NullMarked;
