package dev.edge4j.data.libsql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.libsql.LibsqlStore.Change;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.server.tls.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server behind TLS is asked as any other is, if its certificate is trusted; else nothing is sent to it. */
@Timeout(60)
class OverTlsOnlyWhoIsTrustedIsAskedTest {
  private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]+)-----END");

  private final SSLContext trusted;
  private final SSLServerSocket listening;

  OverTlsOnlyWhoIsTrustedIsAskedTest(@TempDir Path folder) throws IOException, GeneralSecurityException {
    Tls.development(folder).reload(); // makes the file
    this.trusted = context(Files.readString(folder.resolve("localhost.pem")));
    this.listening = (SSLServerSocket) trusted.getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  @AfterEach
  void close() throws IOException {
    listening.close();
  }

  @Test
  void everyKindOfCallGoesThrough() {
    try (LibsqlStore store = LibsqlStore.of(url(), LibsqlOptions.defaults().withTls(trusted))) {
      store.update("CREATE TABLE over_tls (id INTEGER PRIMARY KEY)");
      store.transaction(tx -> tx.update("INSERT INTO over_tls VALUES (1)") + tx.update(
          "INSERT INTO over_tls VALUES (2)"));
      assertEquals(List.of(1L), store.batch(List.of(new Change("INSERT INTO over_tls VALUES (3)", Map.of()))));
      assertEquals(List.of(1L, 2L, 3L), store.query(Long.class, "SELECT id FROM over_tls ORDER BY id"));
      assertEquals(3, store.forEach(Long.class, "SELECT id FROM over_tls", Map.of(), _ -> {}));
      store.update("DROP TABLE over_tls"); // the server is shared
    }
  }

  @Test
  void whoIsNotTrustedIsSentNothing() {
    try (LibsqlStore store = LibsqlStore.of(url())) {
      var refused = assertThrows(StoreException.class, () -> store.update("CREATE TABLE not_over_tls (id INTEGER)"));
      assertFalse(refused.outcomeUnknown(), refused.getMessage());
      assertThrows(StoreException.class, () -> store.query(Long.class, "SELECT 1"));
    }
    try (LibsqlStore plain = LibsqlStore.of(Engines.sqld().url())) {
      assertEquals(List.of(), plain.query(String.class, "SELECT name FROM sqlite_schema WHERE name = 'not_over_tls'"));
    }
  }

  private String url() {
    return "https://localhost:" + listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket near = listening.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), Engines.sqld().port());
        Thread.ofVirtual().start(() -> copy(near, far));
        Thread.ofVirtual().start(() -> copy(far, near));
      } catch (IOException _) {
        // Closed by the end of the test.
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from; to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // One side has gone, or would not speak TLS with us.
    }
  }

  /** Shows the certificate of a PEM file, and trusts it. */
  private static SSLContext context(String pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    Certificate certificate = CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(block(pem, "CERTIFICATE")));
    store.setCertificateEntry("it", certificate);
    store.setKeyEntry("own", key(block(pem, "PRIVATE KEY")), new char[0], new Certificate[]{certificate});
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }
  }

  private static byte[] block(String pem, String label) {
    Matcher blocks = BLOCK.matcher(pem);
    while (blocks.find()) {
      if (blocks.group(1).equals(label)) {
        return Base64.getMimeDecoder().decode(blocks.group(2).getBytes(StandardCharsets.US_ASCII));
      }
    }
    throw new AssertionError("no " + label + " in the file");
  }
}
