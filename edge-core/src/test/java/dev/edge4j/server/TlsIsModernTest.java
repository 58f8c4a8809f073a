package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.tls.Authority;
import dev.edge4j.support.Aside;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS as clients speak it today: TLS 1.3 and 1.2, ciphers that keep what was said secret, a protocol agreed on, no renegotiation. */
@Aside
class TlsIsModernTest {
  @TempDir static Path folder;
  static Authority authority;
  static Server server;

  @BeforeAll
  static void start() throws Exception {
    authority = new Authority(folder);
    server = Server.start(ContractApp.in(folder), ServerOptions.port(0)
        .withEndpoint(Endpoint.port(0).withHost("127.0.0.1").withTls(authority.server("server").tls())));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static SSLSocket socket() throws IOException, GeneralSecurityException {
    return (SSLSocket) authority.visitor().getSocketFactory().createSocket("localhost", server.port());
  }

  @ParameterizedTest
  @CsvSource({"--tlsv1.2, 1.2", "--tlsv1.3, 1.3"})
  void curl(String least, String most) throws Exception {
    var about = Curl.run(least, "--tls-max", most, "--cacert", authority.trust().toString(), "https://localhost:"
        + server.port() + "/about");
    assertEquals(new Curl.Outcome(0, "https 127.0.0.1 nobody"), about);
    var file = Curl.run(least, "--tls-max", most, "--cacert", authority.trust().toString(), "--output", "/dev/null",
        "--write-out", "%{http_version} %{size_download} %{ssl_verify_result}", "https://localhost:" + server.port()
            + "/file");
    assertEquals(new Curl.Outcome(0, "2 " + ContractApp.LARGE + " 0"), file);
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, HTTP_1_1", "TLSv1.3, HTTP_1_1", "TLSv1.2, HTTP_2", "TLSv1.3, HTTP_2"})
  void theClientOfTheJdk(String version, HttpClient.Version http) throws Exception {
    var parameters = new SSLParameters();
    parameters.setProtocols(new String[]{version});
    try (var client = HttpClient.newBuilder()
        .sslContext(authority.visitor())
        .sslParameters(parameters)
        .version(http)
        .build()) {
      URI base = URI.create("https://localhost:" + server.port());
      for (int i = 0; i < 20; i++) {
        var about = client.send(HttpRequest.newBuilder(base.resolve("/about")).build(), BodyHandlers.ofString());
        assertEquals("https 127.0.0.1 nobody", about.body());
        assertEquals(http, about.version());
        assertEquals(version, about.sslSession().orElseThrow().getProtocol());
      }
      var count = client.send(HttpRequest.newBuilder(base.resolve("/count"))
          .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1_000_000]))
          .build(), BodyHandlers.ofString());
      assertEquals("1000000", count.body());
    }
  }

  @Test
  void oneContractForBothVersions() throws Exception {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      ContractApp.assertServed(() -> {
        try {
          SSLSocket socket = socket();
          socket.setEnabledProtocols(new String[]{version});
          return new RawClient(socket);
        } catch (GeneralSecurityException e) {
          throw new IOException(e);
        }
      });
    }
  }

  @Test
  void onlyCiphersThatAreForwardSecretAndAuthenticatedAreSpoken() throws Exception {
    Set<String> spoken = new TreeSet<>();
    for (String suite : authority.visitor().getSupportedSSLParameters().getCipherSuites()) {
      try (SSLSocket socket = socket()) {
        socket.setEnabledCipherSuites(new String[]{suite});
        socket.startHandshake();
        spoken.add(suite);
      } catch (SSLException refused) {
        assertTrue(!suite.startsWith("TLS_AES"), suite + ": " + refused);
      }
    }
    assertEquals(Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"), spoken);
  }

  @Test
  void theServerChoosesTheCipher() throws Exception {
    try (SSLSocket socket = socket()) {
      socket.setEnabledCipherSuites(new String[]{"TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256"});
      socket.startHandshake();
      assertEquals("TLS_AES_128_GCM_SHA256", socket.getSession().getCipherSuite());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--tls-max 1.0 --tlsv1.0", "--tls-max 1.1 --tlsv1.1"})
  void versionsOfOldAreRefused(String versions) throws Exception {
    var arguments = List.of((versions + " --ciphers ALL:@SECLEVEL=0 --insecure https://localhost:" + server.port()
        + "/")
        .split(" "));
    assertEquals(35, Curl.run(arguments.toArray(String[]::new)).code(), "no handshake");
  }

  @ParameterizedTest
  @CsvSource({"http/1.1, http/1.1", "foo http/1.1, http/1.1", "'', ''"})
  void aProtocolIsAgreedOn(String offered, String expected) throws Exception {
    try (SSLSocket socket = socket()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(offered.isEmpty() ? new String[0] : offered.split(" "));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertEquals(expected, socket.getApplicationProtocol());
      assertEquals("hello", new RawClient(socket).get("/").reply().body());
    }
  }

  @Test
  void aClientThatSpeaksNoneOfOursIsRefused() throws Exception {
    try (SSLSocket socket = socket()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[]{"spdy/3", "foo"});
      socket.setSSLParameters(parameters);
      var refused = assertThrows(SSLException.class, socket::startHandshake);
      assertTrue(String.valueOf(refused.getMessage()).contains("no_application_protocol"), refused::toString);
    }
  }

  /** RFC 5746 or not: a client that begins the handshake anew has the server compute for nothing. */
  @Test
  void renegotiationEndsTheConnection() throws Exception {
    try (SSLSocket socket = socket()) {
      socket.setEnabledProtocols(new String[]{"TLSv1.2"});
      var client = new RawClient(socket);
      assertEquals("hello", client.get("/").reply().body());
      socket.startHandshake();
      assertThrows(IOException.class, () -> client.get("/").reply());
    }
  }

  @Test
  void sessionsAreResumed() throws Exception {
    var context = authority.visitor();
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      long created = 0;
      for (int i = 0; i < 3; i++) {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", server.port())) {
          socket.setEnabledProtocols(new String[]{version});
          assertEquals("hello", new RawClient(socket).get("/").reply().body());
          long now = socket.getSession().getCreationTime();
          assertTrue(i == 0 || now <= created, "a session of its own for connection " + i);
          created = i == 0 ? now : created;
        }
      }
    }
  }

  @Test
  void failedHandshakesAreCounted() throws Exception {
    long before = server.counts().getOrDefault(Counter.HANDSHAKES_FAILED, 0L);
    assertEquals(60, Curl.run("https://localhost:" + server.port() + "/").code(), "curl does not know the authority");
    while (server.counts().getOrDefault(Counter.HANDSHAKES_FAILED, 0L) == before) {
      Thread.onSpinWait();
    }
  }
}
