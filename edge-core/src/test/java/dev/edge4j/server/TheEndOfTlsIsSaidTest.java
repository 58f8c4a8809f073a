package dev.edge4j.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.server.tls.Authority;
import dev.edge4j.support.Aside;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A connection ends with close_notify, whoever closes it and why, or a client could not tell the end from a cut (RFC 8446 section 6.1). The
 * JDK's socket reads on one that ends otherwise an exception, and no end.
 */
@Aside
class TheEndOfTlsIsSaidTest {
  private final CountDownLatch inputEnded = new CountDownLatch(1);

  @TempDir Path folder;
  Authority authority;
  Server server;

  @BeforeEach
  void start() throws Exception {
    authority = new Authority(folder);
    var app = new App();
    app.get("/", c -> c.text("hello"));
    app.post("/", c -> c.text("not read"));
    app.get("/old", c -> new Response(200, Headers.empty(), new Body.Stream(out -> out.write("to the end"
        .getBytes(US_ASCII)))));
    app.get("/late", c -> {
      inputEnded.await();
      return c.text("late");
    });
    server = Server.start(app, ServerOptions.port(0)
        .withEndpoint(Endpoint.port(0).withHost("127.0.0.1").withTls(authority.server("server").tls())));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SSLSocket socket(String version) throws IOException, GeneralSecurityException {
    var socket = (SSLSocket) authority.visitor().getSocketFactory().createSocket("localhost", server.port());
    socket.setEnabledProtocols(new String[]{version});
    return socket;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void afterTheLastResponse(String version) throws Exception {
    try (var client = new RawClient(socket(version))) {
      client.send("GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
      assertTrue(client.rest().endsWith("\r\n\r\nhello"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void afterAResponseThatTheEndDelimits(String version) throws Exception {
    try (var client = new RawClient(socket(version))) {
      client.send("GET /old HTTP/1.0\r\nHost: t\r\n\r\n");
      assertTrue(client.rest().endsWith("\r\n\r\nto the end"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void afterARefusalWithBytesUnread(String version) throws Exception {
    try (var client = new RawClient(socket(version))) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: 500000\r\n\r\n")
          .send("x".repeat(500_000));
      assertTrue(client.rest().startsWith("HTTP/1.1 200"));
    }
    try (var client = new RawClient(socket(version))) {
      client.send("nonsense\r\n\r\n");
      assertTrue(client.rest().startsWith("HTTP/1.1 400"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void atTheStopOfTheServer(String version) throws Exception {
    try (var client = new RawClient(socket(version))) {
      assertEquals("hello", client.get("/").reply().body());
      server.close();
      assertEquals("", client.rest());
    }
  }

  @Test
  void aClientThatHasEndedItsHalfStillGetsItsAnswer() throws Exception {
    try (var client = new RawClient(socket("TLSv1.3"))) {
      client.get("/late").closeOutput();
      inputEnded.countDown();
      assertEquals("late", client.reply().body());
      assertEquals("", client.rest());
    }
  }

  /** RFC 5246 section 7.2.1: who receives close_notify must send it back at once, and discard what it was about to write. */
  @Test
  void beforeTls13OneEndIsBoth() throws Exception {
    try (var client = new RawClient(socket("TLSv1.2"))) {
      client.get("/late").closeOutput();
      assertEquals("", client.rest());
    } finally {
      inputEnded.countDown();
    }
  }
}
