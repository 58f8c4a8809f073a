/**
 * What stands between a socket and HTTP: the system's sockets by choice, the file of a unix socket, the PROXY protocol, the TLS
 * handshake, the buffers that each event loop lends, and the close that does not cut an answer off. Not exported: the server alone uses it.
 *
 * <p>Start here: {@link dev.edge4j.server.channel.Sockets}, {@link dev.edge4j.server.channel.Handshake},
 * {@link dev.edge4j.server.channel.ProxyHeader}.
 */
@NullMarked
package dev.edge4j.server.channel;

import org.jspecify.annotations.NullMarked;
