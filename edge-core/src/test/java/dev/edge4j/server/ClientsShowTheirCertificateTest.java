package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.server.tls.Authority;
import dev.edge4j.server.tls.ClientCertificates;
import dev.edge4j.support.Aside;
import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a client is by its certificate reaches the application; one that is not believed reaches nothing. */
@Aside
class ClientsShowTheirCertificateTest {
  @TempDir static Path folder;
  static Authority authority;
  static Authority stranger;

  @BeforeAll
  static void certify() throws Exception {
    authority = new Authority(folder);
    stranger = new Authority(Files.createDirectory(folder.resolve("stranger")));
  }

  private static Server start(ClientCertificates clients) throws Exception {
    return Server.start(ContractApp.in(folder), ServerOptions.port(0)
        .withEndpoint(Endpoint.port(0)
            .withHost("127.0.0.1")
            .withTls(authority.server("server").tls().withClientCertificates(clients))));
  }

  private static String about(Server server, SSLContext context, String version) throws IOException {
    try (var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", server.port())) {
      socket.setEnabledProtocols(new String[]{version});
      return new RawClient(socket).get("/about").reply().body();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void required(String version) throws Exception {
    try (var server = start(ClientCertificates.required(authority.trust()))) {
      SSLContext ada = authority.visitor(authority.client("ada"));
      for (int i = 0; i < 3; i++) { // the second session is a resumed one
        assertEquals("https 127.0.0.1 CN=ada", about(server, ada, version));
      }
      assertThrows(IOException.class, () -> about(server, authority.visitor(), version));
      assertThrows(IOException.class, () -> about(server, strange(), version));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void optional(String version) throws Exception {
    try (var server = start(ClientCertificates.optional(authority.trust()))) {
      assertEquals("https 127.0.0.1 CN=ada", about(server, authority.visitor(authority.client("ada")), version));
      assertEquals("https 127.0.0.1 nobody", about(server, authority.visitor(), version));
      assertThrows(IOException.class, () -> about(server, strange(), version));
    }
  }

  @Test
  void notAsked() throws Exception {
    try (var server = start(ClientCertificates.none())) {
      assertEquals("https 127.0.0.1 nobody", about(server, authority.visitor(authority.client("ada")), "TLSv1.3"));
    }
  }

  @Test
  void oneThatHasExpiredOrIsForServersIsNotBelieved() throws Exception {
    try (var server = start(ClientCertificates.required(authority.trust()))) {
      var expired = authority.certify("late", builder -> builder.addExtendedKeyUsageClientAuth()
          .notBefore(Instant.now().minus(Duration.ofDays(9)))
          .notAfter(Instant.now().minus(Duration.ofDays(1))));
      var forServers = authority.certify("wrong", CertificateBuilder::addExtendedKeyUsageServerAuth);
      for (var refused : List.of(expired, forServers)) {
        assertThrows(IOException.class, () -> about(server, authority.visitor(refused), "TLSv1.3"));
      }
    }
  }

  @Test
  void curlWithItsFiles() throws Exception {
    var ada = authority.client("ada");
    try (var server = start(ClientCertificates.required(authority.trust()))) {
      assertEquals(new Curl.Outcome(0, "https 127.0.0.1 CN=ada"), Curl.run("--cacert", authority.trust().toString(),
          "--cert", ada.chain().toString(), "--key", ada.key().toString(), "https://localhost:" + server.port()
              + "/about"));
    }
  }

  /** Believes the server, and shows a certificate of another authority of the same name: the JDK's client would not show it otherwise. */
  private static SSLContext strange() throws Exception {
    return authority.visitor(stranger.client("eve"));
  }
}
