package dev.edge4j.server.wire;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The other end of a connection, as its requests shall have it.
 *
 * @param scheme {@code http} or {@code https}
 * @param address a client's or a proxy's; the loopback address for a unix socket
 * @param certificate what it has shown, verified
 */
public record Peer(String scheme, InetAddress address, Optional<X509Certificate> certificate) {}
