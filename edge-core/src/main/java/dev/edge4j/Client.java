package dev.edge4j;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Who sent a request, decided once.
 *
 * @param address the address at the other end of the connection, unless {@link App#behind trusted proxies} say whose it is; header
 *        fields of others are not believed
 * @param certificate the certificate that the other end of the connection has shown, unless that is a trusted proxy which speaks for
 *        somebody; the server has verified it, and its {@code getSubjectX500Principal()} is who that is
 */
public record Client(InetAddress address, Optional<X509Certificate> certificate) {}
