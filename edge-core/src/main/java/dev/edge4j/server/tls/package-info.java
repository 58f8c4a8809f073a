/**
 * What a server needs to speak TLS (RFC 8446, RFC 5246): certificates, which one answers for which host, whose clients it believes, and how
 * new ones are taken up while it runs. The JDK's provider does the rest; nothing here knows of channels.
 *
 * <p>Start here: {@link dev.edge4j.server.tls.Tls}, {@link dev.edge4j.server.tls.ClientCertificates}.
 */
@NullMarked
package dev.edge4j.server.tls;

import org.jspecify.annotations.NullMarked;
