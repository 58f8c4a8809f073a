/**
 * WebSockets over a connection that HTTP has left (RFC 6455, RFC 7692). The codec is pure but for the buffer that it reads: bytes in, pieces of
 * messages out, no channels, threads or clocks. One Netty handler is the shell around it; a virtual thread runs what the application wrote.
 *
 * <p>Start here: {@link dev.edge4j.server.websocket.FrameDecoder}, {@link dev.edge4j.server.websocket.WebSocketConnection}.
 */
@NullMarked
package dev.edge4j.server.websocket;

import org.jspecify.annotations.NullMarked;
