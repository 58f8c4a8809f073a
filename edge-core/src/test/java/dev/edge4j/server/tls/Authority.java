package dev.edge4j.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** An authority of a test's own, what it has certified, and clients that believe it. */
public final class Authority {
  /** Written by hand, because the builder of certificates refuses wildcards. */
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final char[] PASSWORD = "secret".toCharArray();

  /** A certificate, its key and their files. */
  public record Certified(X509Bundle bundle, Path chain, Path key) {
    public Tls tls() {
      return Tls.pem(chain, key);
    }
  }

  private final Path folder;
  private final X509Bundle root;

  public Authority(Path folder) throws Exception {
    this.folder = folder;
    this.root = new CertificateBuilder().subject("CN=Test Authority").setIsCertificateAuthority(true).buildSelfSigned();
    Files.writeString(trust(), root.getCertificatePEM());
  }

  /** The file with its certificate. */
  public Path trust() {
    return folder.resolve("authority.pem");
  }

  /** A certificate on P-256 for those host names; {@code localhost} and the loopback address for none. */
  public Certified server(String file, String... hosts) throws Exception {
    return certify(file, builder -> (hosts.length == 0
        ? builder.addSanDnsName("localhost").addSanIpAddress("127.0.0.1")
        : builder.addExtensionOctetString(ALTERNATIVE_NAMES, false, Der.sequence(Arrays.stream(hosts)
            .map(host -> Der.implicit(2, host.getBytes(US_ASCII)))
            .toArray(byte[][]::new)))).addExtendedKeyUsageServerAuth());
  }

  /** A certificate for a client of that name. */
  public Certified client(String name) throws Exception {
    return certify(name, CertificateBuilder::addExtendedKeyUsageClientAuth);
  }

  public Certified certify(String file, UnaryOperator<CertificateBuilder> change) throws Exception {
    var builder = change.apply(new CertificateBuilder().subject("CN=" + file)
        .ecp256()
        .notBefore(Instant.now().minus(Duration.ofDays(1)))
        .notAfter(Instant.now().plus(Duration.ofDays(30))));
    return write(file, builder.buildIssuedBy(root));
  }

  private Certified write(String file, X509Bundle bundle) throws IOException {
    var certified = new Certified(bundle, folder.resolve(file + ".pem"), folder.resolve(file + ".key"));
    Files.writeString(certified.chain(), bundle.getCertificatePathPEM());
    Files.writeString(certified.key(), bundle.getPrivateKeyPEM());
    return certified;
  }

  /** What a client needs that believes this authority and has no certificate. */
  public SSLContext visitor() throws GeneralSecurityException, IOException {
    return context(null);
  }

  /** What a client needs that believes this authority and shows that certificate. */
  public SSLContext visitor(Certified identity) throws GeneralSecurityException, IOException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(identity.bundle().toKeyStore(PASSWORD), PASSWORD);
    return context(keys);
  }

  private SSLContext context(@Nullable KeyManagerFactory keys) throws GeneralSecurityException,
      IOException {
    KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
    believed.load(null, null);
    believed.setCertificateEntry("root", root.getCertificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(believed);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
