package dev.edge4j.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates as they were read at one moment, and the context that serves them. Each reading has a context of its own: a session must
 * not be resumed past a change of who is believed.
 */
record Material(SSLContext context, ClientCertificates.Demand demand) {
  private static final Logger LOG = LoggerFactory.getLogger(Material.class);
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** Forward secret and authenticated, all of them (RFC 9325 section 4.2); none is on the list of RFC 9113 appendix A. */
  private static final List<String> SUITES = List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
      "TLS_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
      "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** Reads all of it; throws {@link TlsException} for the first thing that is wrong. */
  static Material read(List<Source> sources, ClientCertificates clients) {
    List<Identity> identities = new ArrayList<>();
    sources.forEach(source -> identities.addAll(source.load()));
    for (Identity identity : identities) {
      identity.outOfDate(Instant.now())
          .ifPresent(reason -> LOG.warn("the certificate for \"{}\" {}; clients will refuse it",
              identity.chain().getFirst().getSubjectX500Principal(), reason));
    }
    try {
      TrustManager @Nullable [] trust = clients.trust().isPresent() ? trust(clients.trust().get()) : null;
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[]{new HostKeys(identities)}, trust, null);
      return new Material(context, clients.demand());
    } catch (GeneralSecurityException | IOException e) {
      throw new TlsException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trust(Path file) throws GeneralSecurityException, IOException {
    KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
    believed.load(null, null);
    List<X509Certificate> certificates = PemFile.certificates(file);
    for (int i = 0; i < certificates.size(); i++) {
      believed.setCertificateEntry(String.valueOf(i), certificates.get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(believed);
    return factory.getTrustManagers();
  }

  /** One end of one connection, which speaks these protocols inside, the best first. */
  SSLEngine engine(List<String> applicationProtocols) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    List<String> supported = Arrays.asList(engine.getSupportedCipherSuites());
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(SUITES.stream().filter(supported::contains).toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
    switch (demand) {
      case NONE -> {
      }
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }
}
