package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.server.tls.Authority;
import dev.edge4j.server.tls.Tls;
import dev.edge4j.server.tls.TlsException;
import dev.edge4j.support.Aside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each host has its certificate; a new one is taken up without a restart, and a broken one is not taken up at all. */
@Aside
class CertificatesAreChosenAndReloadedTest {
  @TempDir Path folder;
  Authority authority;

  @BeforeEach
  void certify() throws Exception {
    authority = new Authority(folder);
  }

  private Server start(Tls tls) throws Exception {
    return Server.start(ContractApp.in(folder), ServerOptions.port(0)
        .withEndpoint(Endpoint.port(0).withHost("127.0.0.1").withTls(tls)));
  }

  private SSLSocket connect(Server server, String host) throws Exception {
    var socket = (SSLSocket) authority.visitor().getSocketFactory().createSocket("127.0.0.1", server.port());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(host.isEmpty() ? List.of() : List.of(new SNIHostName(host)));
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** The name in the certificate that a client of that host is shown. */
  private String shown(Server server, String host) throws Exception {
    try (var socket = connect(server, host)) {
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
    }
  }

  @Test
  void eachHostHasItsCertificate() throws Exception {
    var wild = authority.server("wild", "*.shop.test");
    var exact = authority.server("exact", "www.shop.test");
    try (var server = start(authority.server("first")
        .tls()
        .withPem(wild.chain(), wild.key())
        .withPem(exact.chain(), exact.key()))) {
      assertEquals("CN=first", shown(server, ""));
      assertEquals("CN=first", shown(server, "localhost"));
      assertEquals("CN=first", shown(server, "nobody.test"));
      assertEquals("CN=wild", shown(server, "api.shop.test"));
      assertEquals("CN=wild", shown(server, "API.Shop.test"));
      assertEquals("CN=exact", shown(server, "www.shop.test"));
      var outcome = Curl.run("--cacert", authority.trust().toString(), "--resolve", "www.shop.test:" + server.port()
          + ":127.0.0.1", "https://www.shop.test:" + server.port() + "/");
      assertEquals(new Curl.Outcome(0, "hello"), outcome);
    }
  }

  @Test
  void oneHostMayHaveKeysOfTwoKinds() throws Exception {
    var rsa = authority.certify("rsa", builder -> builder.rsa2048().addSanDnsName("localhost"));
    try (var server = start(authority.server("ec", "localhost").tls().withPem(rsa.chain(), rsa.key()))) {
      for (var expected : Map.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "CN=ec",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "CN=rsa").entrySet()) {
        try (var socket = (SSLSocket) authority.visitor().getSocketFactory().createSocket("localhost", server.port())) {
          socket.setEnabledProtocols(new String[]{"TLSv1.2"});
          socket.setEnabledCipherSuites(new String[]{expected.getKey()});
          socket.startHandshake();
          assertEquals(expected.getValue(), ((X509Certificate) socket.getSession().getPeerCertificates()[0])
              .getSubjectX500Principal()
              .getName());
        }
      }
    }
  }

  @Test
  void aNewCertificateIsTakenUpWhileConnectionsLive() throws Exception {
    var old = authority.server("old");
    Tls tls = Tls.pem(old.chain(), old.key());
    try (var server = start(tls); var before = new RawClient(connect(server, "localhost"))) {
      assertEquals("hello", before.get("/").reply().body());
      replace(old, authority.server("new"));
      assertEquals("CN=old", shown(server, "localhost"), "nobody has looked yet");
      tls.reload();
      assertEquals("CN=new", shown(server, "localhost"));
      assertEquals("hello", before.get("/").reply().body(), "the old connection goes on");
    }
  }

  @Test
  void filesThatChangeAreReadAgain() throws Exception {
    var old = authority.server("old");
    try (var server = start(Tls.pem(old.chain(), old.key()).withReloadEvery(Duration.ofMillis(20)))) {
      assertEquals("CN=old", shown(server, "localhost"));
      Files.writeString(old.key(), "half a key"); // seen or not, it must not take the server down
      replace(old, authority.server("new"));
      while (!shown(server, "localhost").equals("CN=new")) {
        Thread.sleep(20);
      }
    }
  }

  @Test
  void aBrokenFileLeavesAllAsItWas() throws Exception {
    var old = authority.server("old");
    Tls tls = Tls.pem(old.chain(), old.key());
    try (var server = start(tls)) {
      Files.writeString(old.chain(), "broken");
      assertThrows(TlsException.class, tls::reload);
      assertEquals("CN=old", shown(server, "localhost"));
    }
  }

  @Test
  void aServerWithoutACertificateDoesNotStart() throws Exception {
    Path nowhere = folder.resolve("nowhere.pem");
    var refused = assertThrows(StartException.class, () -> start(Tls.pem(nowhere, nowhere)));
    assertTrue(String.valueOf(refused.getMessage()).contains("nowhere.pem is not there"), refused::getMessage);
  }

  @Test
  void anExpiredCertificateIsServedAllTheSame() throws Exception {
    var expired = authority.certify("expired", builder -> builder.addSanDnsName("localhost")
        .notBefore(Instant.now().minus(Duration.ofDays(9)))
        .notAfter(Instant.now().minus(Duration.ofDays(1))));
    try (var server = start(expired.tls())) {
      assertEquals(60, Curl.run("--cacert", authority.trust().toString(), "https://localhost:" + server.port() + "/")
          .code(), "the client refuses it");
      assertEquals(new Curl.Outcome(0, "hello"), Curl.run("--insecure", "https://localhost:" + server.port() + "/"));
    }
  }

  @Test
  void theDevelopmentCertificateServesLocalNames() throws Exception {
    Path home = folder.resolve("home");
    for (int start = 0; start < 2; start++) {
      try (var server = start(Tls.development(home))) {
        for (String name : List.of("localhost", "127.0.0.1")) {
          assertEquals(new Curl.Outcome(0, "hello"), Curl.run("--cacert", home.resolve("localhost.pem").toString(),
              "https://" + name + ":" + server.port() + "/"));
        }
      }
    }
  }

  private static void replace(Authority.Certified old, Authority.Certified by) throws Exception {
    Files.copy(by.chain(), old.chain(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(by.key(), old.key(), StandardCopyOption.REPLACE_EXISTING);
  }
}
