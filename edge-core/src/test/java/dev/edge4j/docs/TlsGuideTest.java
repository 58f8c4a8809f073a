package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Forbidden;
import dev.edge4j.http.Request;
import dev.edge4j.server.Endpoint;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.tls.Authority;
import dev.edge4j.server.tls.ClientCertificates;
import dev.edge4j.server.tls.Tls;
import dev.edge4j.server.transport.ProxyProtocol;
import dev.edge4j.server.transport.Transport;
import dev.edge4j.server.transport.UnixSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/tls.md and those of docs/server.md on sockets. */
class TlsGuideTest {
  private final App app = new App();

  @TempDir Path folder;
  Authority authority;

  @BeforeEach
  void certify() throws Exception {
    authority = new Authority(folder);
  }

  private String ask(int port) throws Exception {
    try (var client = HttpClient.newBuilder().sslContext(authority.visitor()).build()) {
      var request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/")).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  @Test
  void aServerWithItsCertificate() throws Exception {
    var certified = authority.server("shop");
    Path chain = certified.chain();
    Path key = certified.key();
    app.get("/", c -> c.text(c.request().scheme()));
    // tag::start[]
    Tls tls = Tls.pem(chain, key);
    Server server = Server.start(app, ServerOptions.port(0).withEndpoint(Endpoint.port(0).withTls(tls)));
    // end::start[]
    try (server) {
      assertEquals("https", ask(server.port()));
      // tag::reload[]
      tls.reload();
      // end::reload[]
      assertEquals("https", ask(server.port()));
    }
  }

  @Test
  void severalCertificates() throws Exception {
    authority.server("shop", "shop.example");
    authority.server("wild", "*.shop.example");
    // tag::several[]
    Tls tls = Tls.pem(folder.resolve("shop.pem"), folder.resolve("shop.key"))
        .withPem(folder.resolve("wild.pem"), folder.resolve("wild.key"))
        .withReloadEvery(Duration.ofMinutes(1));
    // end::several[]
    tls.reload();
  }

  @Test
  void clientsShowTheirs() throws Exception {
    Path trust = authority.trust();
    // tag::clients[]
    Tls tls = Tls.development(folder).withClientCertificates(ClientCertificates.optional(trust));
    app.get("/admin", c -> c.client()
        .certificate()
        .map(certificate -> c.text("hello, " + certificate.getSubjectX500Principal().getName()))
        .orElseThrow(() -> new Forbidden("a certificate is needed")));
    // end::clients[]
    tls.reload();
    assertEquals(403, app.request("/admin").status());
    var ada = authority.client("ada").bundle().getCertificate();
    assertEquals("hello, CN=ada", app.request(Request.get("/admin").withCertificate(ada)).text());
  }

  @Test
  void development() {
    // tag::development[]
    Tls tls = Tls.development(folder);
    // end::development[]
    tls.reload();
    assertTrue(Files.exists(folder.resolve("localhost.pem")));
  }

  @Test
  void sockets() {
    Path file = folder.resolve("app.sock");
    // tag::sockets[]
    Endpoint port = Endpoint.port(0).withTransport(Transport.EPOLL).withReusePort(true);
    Endpoint socket = Endpoint.port(0).withUnixSocket(UnixSocket.at(file).withPermissions("rw-rw-rw-"));
    Endpoint behindProxy = Endpoint.port(0).withProxyProtocol(ProxyProtocol.from("10.0.0.0/8", "fd00::/8"));
    // end::sockets[]
    for (Endpoint endpoint : new Endpoint[]{port, socket, behindProxy}) {
      Server.start(new App(), ServerOptions.port(0).withEndpoint(endpoint)).close();
    }
  }
}
