/**
 * HTTP/2 (RFC 9113), from bytes to requests and back: frames, compression, streams, flow control, and what a client may not do. Stricter than it has to be where
 * leniency has been an attack.
 *
 * <p>Start here: {@link dev.edge4j.server.http2.Http2Connection}, {@link dev.edge4j.server.http2.Session},
 * {@link dev.edge4j.server.http2.StreamState}.
 */
@NullMarked
package dev.edge4j.server.http2;

import org.jspecify.annotations.NullMarked;
