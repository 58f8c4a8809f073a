package dev.edge4j.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.server.limits.ClientLimits;
import dev.edge4j.server.transport.ProxyProtocol;
import dev.edge4j.server.transport.Transport;
import dev.edge4j.server.transport.UnixSocket;
import dev.edge4j.support.Aside;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server on a unix socket: found by its file, which comes and goes with it. */
@Aside
class UnixSocketsServeTheSameTest {
  @TempDir Path folder;
  Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("s.sock");
  }

  private ServerOptions on(UnixSocket socket, Transport transport) {
    return ServerOptions.port(0).withEndpoint(Endpoint.port(0).withUnixSocket(socket).withTransport(transport));
  }

  private Server start() throws IOException {
    return Server.start(ContractApp.in(folder), on(UnixSocket.at(file), Transport.AUTO));
  }

  private Curl.Outcome curl(String path) throws IOException, InterruptedException {
    return Curl.run("--unix-socket", file.toString(), "http://localhost" + path);
  }

  /** What comes back for those bytes, up to the end of the connection. */
  private String exchange(String request, boolean halfCloses) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (halfCloses) {
        channel.shutdownOutput();
      }
      return new String(Channels.newInputStream(channel).readAllBytes(), ISO_8859_1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachTransportServesIt(Transport transport) throws Exception {
    try (var server = Server.start(ContractApp.in(folder), on(UnixSocket.at(file), transport))) {
      assertEquals(new Curl.Outcome(0, "hello"), curl("/"));
      assertEquals(new Curl.Outcome(0, "http 127.0.0.1 nobody"), curl("/about"));
      for (String path : new String[]{"/file", "/bytes"}) {
        assertEquals(new Curl.Outcome(0, ContractApp.LARGE + ""), Curl.run("--unix-socket", file.toString(), "--output",
            "/dev/null", "--write-out", "%{size_download}", "http://localhost" + path));
      }
      String body = "x".repeat(1_000_000);
      boolean halfCloses = transport == Transport.AUTO || transport == Transport.EPOLL;
      String answers = exchange("GET / HTTP/1.1\r\nHost: t\r\n\r\nPOST /count HTTP/1.1\r\nHost: t\r\nContent-Length: "
          + body.length() + (halfCloses ? "" : "\r\nConnection: close") + "\r\n\r\n" + body, halfCloses);
      assertTrue(answers.contains("\r\n\r\nhelloHTTP/1.1 200") && answers.endsWith("\r\n\r\n1000000"), answers);
      assertThrows(IllegalStateException.class, server::port);
    }
    assertFalse(Files.exists(file), "the file goes with the server");
  }

  @Test
  void whatADeadServerLeftIsReplaced() throws Exception {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(file));
    }
    assertTrue(Files.exists(file), "it is left");
    try (var _ = start()) {
      assertEquals(new Curl.Outcome(0, "hello"), curl("/"));
    }
  }

  @Test
  void aLivingServerIsNotReplaced() throws Exception {
    try (var _ = start()) {
      var refused = assertThrows(StartException.class, this::start);
      assertTrue(String.valueOf(refused.getMessage()).contains("another server listens on"), refused::getMessage);
      assertEquals(new Curl.Outcome(0, "hello"), curl("/"));
    }
  }

  @Test
  void aFileThatIsNoSocketIsNotDeleted() throws Exception {
    Files.writeString(file, "precious");
    var refused = assertThrows(StartException.class, this::start);
    assertTrue(String.valueOf(refused.getMessage()).contains("is there and no socket"), refused::getMessage);
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void aFolderThatIsNotThereIsAClearError() {
    file = folder.resolve("nowhere").resolve("s.sock");
    var refused = assertThrows(StartException.class, this::start);
    assertTrue(String.valueOf(refused.getMessage()).contains(file.toString()), refused::getMessage);
  }

  @Test
  void itsPermissionsSayWhoMayConnect() throws Exception {
    try (var _ = start()) {
      assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    try (var _ = Server.start(ContractApp.in(folder), on(UnixSocket.at(file).withPermissions("rw-rw-rw-"),
        Transport.NIO))) {
      assertEquals("rw-rw-rw-", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  /** All clients have one address here, that of nobody in particular: it is not counted, or one would stand for all. */
  @Test
  void onlyAllConnectionsTogetherAreBounded() throws Exception {
    ServerOptions options = on(UnixSocket.at(file), Transport.AUTO).withClients(ClientLimits.defaults()
        .withMaxConnections(3, 1));
    try (var _ = Server.start(ContractApp.in(folder), options);
        var _ = SocketChannel.open(UnixDomainSocketAddress.of(file));
        var _ = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
      assertEquals(new Curl.Outcome(0, "hello"), curl("/"));
    }
  }

  @Test
  void aProxyInFrontNamesItsClient() throws Exception {
    ServerOptions options = on(UnixSocket.at(file), Transport.AUTO);
    try (var _ = Server.start(ContractApp.in(folder), options.withEndpoint(options.endpoint()
        .withProxyProtocol(ProxyProtocol.from("10.0.0.1"))))) {
      String answer = exchange("PROXY TCP4 192.0.2.1 198.51.100.1 1 2\r\nGET /about HTTP/1.1\r\nHost: t\r\n\r\n", true);
      assertTrue(answer.endsWith("http 192.0.2.1 nobody"), answer);
    }
  }
}
