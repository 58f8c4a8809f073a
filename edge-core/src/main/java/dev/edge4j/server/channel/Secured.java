package dev.edge4j.server.channel;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What a handshake has agreed on.
 *
 * @param protocol what is spoken inside: one of those that were offered, {@code http/1.1} if the client offered none
 * @param certificate the client's certificate, if it has shown one; it is verified
 */
public record Secured(String protocol, Optional<X509Certificate> certificate) {}
