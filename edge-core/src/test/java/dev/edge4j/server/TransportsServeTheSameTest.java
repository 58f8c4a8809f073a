package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.server.tls.Authority;
import dev.edge4j.server.transport.Transport;
import dev.edge4j.support.Aside;
import java.net.ConnectException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever interface of the system the sockets come by, over TCP and over TLS, requests are served alike. */
@Aside
class TransportsServeTheSameTest {
  private static final int REQUESTS = 2_000;

  @TempDir static Path folder;
  static Authority authority;
  static Authority.Certified certified;

  @BeforeAll
  static void certify() throws Exception {
    authority = new Authority(folder);
    certified = authority.server("server");
  }

  private static ServerOptions on(Transport transport) {
    return ServerOptions.port(0).withEndpoint(Endpoint.port(0).withHost("127.0.0.1").withTransport(transport));
  }

  @ParameterizedTest
  @EnumSource
  void inTheClear(Transport transport) throws Exception {
    try (var server = Server.start(ContractApp.in(folder), on(transport))) {
      ContractApp.assertServed(() -> new RawClient(server));
      ContractApp.assertServedHalfClosed(() -> new RawClient(server));
    }
  }

  @ParameterizedTest
  @EnumSource
  void overTls(Transport transport) throws Exception {
    ServerOptions options = on(transport);
    try (var server = Server.start(ContractApp.in(folder), options.withEndpoint(options.endpoint()
        .withTls(certified.tls())))) {
      var sockets = authority.visitor().getSocketFactory();
      ContractApp.Opener open = () -> new RawClient(sockets.createSocket("localhost", server.port()));
      ContractApp.assertServed(open);
      ContractApp.assertServedHalfClosed(open);
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyRequestsOverFewConnections(Transport transport) throws Exception {
    try (var server = Server.start(ContractApp.in(folder), on(transport))) {
      for (int connection = 0; connection < 20; connection++) {
        try (var client = new RawClient(server)) {
          for (int i = 0; i < REQUESTS / 20; i++) {
            assertEquals("hello", client.get("/").reply().body());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStopEndsWhatIsInFlight(Transport transport) throws Exception {
    Server server = Server.start(ContractApp.in(folder), on(transport));
    try (var idle = new RawClient(server); var other = new RawClient(server)) {
      assertEquals(200, idle.get("/").reply().status());
      other.get("/bytes");
      assertEquals(ContractApp.LARGE, other.reply().body().length());
      int port = server.port();
      server.close();
      assertTrue(idle.isClosed());
      assertThrows(ConnectException.class, () -> new RawClient(port));
    }
  }
}
