package dev.edge4j;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Who sent a request, decided once.
 *
 * @param address the address at the other end of the connection; header fields of proxies are not believed by default
 * @param certificate the certificate that the other end of the connection has shown; the server has verified it, and its
 *        {@code getSubjectX500Principal()} is who that is
 */
public record Client(InetAddress address, Optional<X509Certificate> certificate) {}
