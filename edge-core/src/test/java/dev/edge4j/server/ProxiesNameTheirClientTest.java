package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.server.limits.ClientLimits;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.tls.Authority;
import dev.edge4j.server.tls.Tls;
import dev.edge4j.server.transport.ProxyProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a proxy that speaks the PROXY protocol, a request comes from the client; from anybody else nothing comes. */
class ProxiesNameTheirClientTest {
  private static final String V1 = "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n";
  private static final String V2 = "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u0014\u00c0\0\2\1\u00c636\1\u00dc\4\1\u00bb\4\0\5xxxxx";
  private static final String V2_LOCAL = "\r\n\r\n\0\r\nQUIT\n \0\0\0";
  private static final String GET = "GET /about HTTP/1.1\r\nHost: t\r\n\r\n";

  @TempDir Path folder;

  private Server start(ProxyProtocol proxies, UnaryOperator<ServerOptions> change) throws IOException {
    return Server.start(ContractApp.in(folder), change.apply(ServerOptions.port(0)
        .withEndpoint(Endpoint.port(0).withHost("127.0.0.1").withProxyProtocol(proxies))));
  }

  private static void assertNamed(String client, Server server, String header) throws IOException {
    try (var connection = new RawClient(server)) {
      assertEquals("http " + client + " nobody", connection.send(header + GET).reply().body());
      assertEquals("http " + client + " nobody", connection.send(GET).reply().body(), "for all of the connection");
    }
    try (var connection = new RawClient(server)) {
      for (byte octet : header.getBytes(StandardCharsets.ISO_8859_1)) {
        connection.send(String.valueOf((char) (octet & 0xff)));
      }
      assertEquals("http " + client + " nobody", connection.send(GET).reply().body(), "byte by byte");
    }
  }

  @Test
  void theRequestComesFromTheClient() throws IOException {
    try (var server = start(ProxyProtocol.fromAnyone(), options -> options)) {
      assertNamed("192.0.2.1", server, V1);
      assertNamed("192.0.2.1", server, V2);
      assertNamed("2001:db8:0:0:0:0:0:7", server, "PROXY TCP6 2001:db8::7 ::1 1 2\r\n");
      assertNamed("127.0.0.1", server, "PROXY UNKNOWN\r\n");
      assertNamed("127.0.0.1", server, V2_LOCAL);
    }
  }

  @Test
  void curlSpeaksIt() throws Exception {
    try (var server = start(ProxyProtocol.fromAnyone(), options -> options)) {
      assertEquals(new Curl.Outcome(0, "http 127.0.0.1 nobody"), Curl.run("--haproxy-protocol", "http://127.0.0.1:"
          + server.port() + "/about"));
    }
  }

  @Test
  void itComesBeforeTls() throws Exception {
    var authority = new Authority(folder);
    Tls tls = authority.server("server").tls();
    try (var server = start(ProxyProtocol.fromAnyone(), options -> options.withEndpoint(options.endpoint()
        .withTls(tls)))) {
      SSLSocketFactory sockets = authority.visitor().getSocketFactory();
      for (String header : List.of(V1, V2)) {
        var plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
        plain.getOutputStream().write(header.getBytes(StandardCharsets.ISO_8859_1));
        try (var client = new RawClient(sockets.createSocket(plain, "localhost", server.port(), true))) {
          assertEquals("https 192.0.2.1 nobody", client.get("/about").reply().body());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {GET, "PROXY TCP4 nobody 198.51.100.1 1 2\r\n", "\u0016\3\1\2\0\1\0\1\u00fc", "PROXY "})
  void aConnectionWithoutItIsClosed(String start) throws IOException {
    try (var server = start(ProxyProtocol.fromAnyone(), options -> options); var client = new RawClient(server)) {
      client.send(start).closeOutput();
      assertEquals("", client.rest(), "without a word");
      awaitRefused(server, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PROXY TCP4 192.0.2.1", "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u0014"})
  void oneThatDoesNotComeInTimeIsClosed(String start) throws IOException {
    try (var server = start(ProxyProtocol.fromAnyone(), options -> options.withRequestTimeouts(Duration.ofMillis(300),
        Duration.ofSeconds(5))); var client = new RawClient(server)) {
      assertEquals("", client.send(start).rest());
      awaitRefused(server, 1);
    }
  }

  @Test
  void onlyTrustedProxiesAreBelieved() throws IOException {
    try (var server = start(ProxyProtocol.from("10.0.0.0/8", "::1"), options -> options);
        var client = new RawClient(server)) {
      assertTrue(client.isClosed());
      awaitRefused(server, 1);
    }
    try (var server = start(ProxyProtocol.from("10.0.0.0/8", "127.0.0.0/8"), options -> options)) {
      assertNamed("192.0.2.1", server, V1);
    }
  }

  @Test
  void whereItIsOffItIsNoRequest() throws IOException {
    try (var server = start(ProxyProtocol.off(), options -> options); var client = new RawClient(server)) {
      assertEquals(400, client.send(V1 + GET).reply().status());
    }
  }

  @Test
  void connectionsAreCountedForTheClient() throws IOException {
    try (var server = start(ProxyProtocol.fromAnyone(), options -> options.withClients(ClientLimits.defaults()
        .withMaxConnections(10, 2)))) {
      List<RawClient> open = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        var client = new RawClient(server);
        open.add(client);
        String header = "PROXY TCP4 192.0.2." + i / 3 + " 198.51.100.1 1 2\r\n";
        assertEquals(i % 3 == 2 ? 503 : 200, client.send(header + GET).reply().status(), "connection " + i);
      }
      for (RawClient client : open) {
        client.close();
      }
      assertEquals(2L, server.counts().get(Counter.CONNECTIONS_REFUSED));
    }
  }

  /** Those that wait for their header count among all, or nobody would count them. Which of the three is one too many, nobody knows. */
  @Test
  void connectionsWithoutAHeaderAreBoundedToo() throws Exception {
    try (var server = start(ProxyProtocol.fromAnyone(), options -> options.withClients(ClientLimits.defaults()
        .withMaxConnections(2, 2)))) {
      List<RawClient> clients = List.of(new RawClient(server), new RawClient(server), new RawClient(server));
      var statuses = new LinkedBlockingQueue<Integer>();
      for (RawClient client : clients) {
        Thread.ofVirtual().start(() -> {
          try {
            statuses.add(client.reply().status());
          } catch (IOException e) {
            statuses.add(-1);
          }
        });
      }
      assertEquals(503, statuses.take());
      for (RawClient client : clients) {
        try {
          client.send(V1 + GET);
        } catch (IOException e) {
          // the one that was turned away
        }
      }
      assertEquals(200, statuses.take());
      assertEquals(200, statuses.take());
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static void awaitRefused(Server server, long count) {
    while (server.counts().getOrDefault(Counter.PROXIES_REFUSED, 0L) < count) {
      Thread.onSpinWait();
    }
    assertEquals(count, server.counts().get(Counter.PROXIES_REFUSED));
  }
}
