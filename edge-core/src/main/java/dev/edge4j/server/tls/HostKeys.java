package dev.edge4j.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the certificate by the host that the client names (RFC 6066 section 3), and among those that hold for it by the kind of key
 * that both sides can use. Where none holds, or no host is named, it is the first. Safe for use by many threads.
 */
final class HostKeys extends X509ExtendedKeyManager {
  private final List<Identity> identities;

  HostKeys(List<Identity> identities) {
    this.identities = List.copyOf(identities);
  }

  /** The certificates to choose from for that host, in lower case, the best first. */
  List<Identity> forHost(Optional<String> host) {
    List<Identity> exact = identities.stream()
        .filter(identity -> host.isPresent() && identity.names().contains(host.get()))
        .toList();
    if (!exact.isEmpty()) {
      return exact;
    }
    List<Identity> wild = identities.stream()
        .filter(identity -> host.isPresent() && identity.holdsFor(host.get()))
        .toList();
    if (!wild.isEmpty()) {
      return wild;
    }
    // The same host may have a certificate for each kind of key.
    return identities.stream().filter(identity -> identity.names().equals(identities.getFirst().names())).toList();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(@Nullable String kind, Principal @Nullable [] issuers,
      @Nullable SSLEngine engine) {
    Optional<String> host = Optional.ofNullable(engine).flatMap(HostKeys::named);
    return forHost(host).stream()
        .filter(identity -> identity.key().getAlgorithm().equals(kind))
        .findFirst()
        .map(identity -> String.valueOf(identities.indexOf(identity)))
        .orElse(null);
  }

  private static Optional<String> named(SSLEngine engine) {
    if (!(engine.getHandshakeSession() instanceof ExtendedSSLSession session)) {
      return Optional.empty();
    }
    return session.getRequestedServerNames()
        .stream()
        .filter(SNIHostName.class::isInstance)
        .findFirst()
        .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT));
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identities.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identities.get(Integer.parseInt(alias)).key();
  }

  // What only sockets and clients ask.

  @Override
  public @Nullable String chooseServerAlias(@Nullable String kind, Principal @Nullable [] issuers,
      @Nullable Socket socket) {
    return chooseEngineServerAlias(kind, issuers, null);
  }

  @Override
  public String @Nullable [] getServerAliases(@Nullable String kind, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(String @Nullable [] kinds, Principal @Nullable [] issuers,
      @Nullable Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(@Nullable String kind, Principal @Nullable [] issuers) {
    return null;
  }
}
