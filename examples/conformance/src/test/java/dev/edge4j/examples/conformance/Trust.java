package dev.edge4j.examples.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trusts the certificate that the application made for itself, and no other. */
final class Trust {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private Trust() {}

  static SSLContext context() throws IOException, GeneralSecurityException {
    String pem = Files.readString(ConformanceProcess.CERTIFICATES.resolve("localhost.pem"));
    String certificate = pem.substring(pem.indexOf(BEGIN), pem.indexOf(END) + END.length());
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("its own", CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(certificate.getBytes(US_ASCII))));
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
