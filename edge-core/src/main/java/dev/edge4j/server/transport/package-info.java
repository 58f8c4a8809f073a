/**
 * What a server may choose about the way bytes come to it: the system's interface for sockets, and the protocol by which a proxy in front
 * names the client.
 *
 * <p>Start here: {@link dev.edge4j.server.transport.Transport}, {@link dev.edge4j.server.transport.ProxyProtocol}.
 */
@NullMarked
package dev.edge4j.server.transport;

import org.jspecify.annotations.NullMarked;
