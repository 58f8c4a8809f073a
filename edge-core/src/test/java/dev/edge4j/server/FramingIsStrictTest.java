package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two readers of one connection could read differently is refused, and the connection closed (RFC 9112 section 11.2). */
class FramingIsStrictTest {
  private static Server server;

  @BeforeAll
  static void start() {
    var app = new App();
    app.post("/echo", c -> c.text(c.bodyText()));
    server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 3|Transfer-Encoding: chunked||3|one|0||",
      "Transfer-Encoding: chunked|Content-Length: 3||3|one|0||", "Content-Length: 3|Content-Length: 4||one",
      "Content-Length: 3, 4||one", "Content-Length: +3||one", "Content-Length: -3||one", "Content-Length: 0x3||one",
      "Content-Length : 3||one", "Transfer-Encoding: gzip||one", "Transfer-Encoding: chunked, identity||3|one|0||",
      "Transfer-Encoding: identity||one", "Transfer-Encoding: xchunked||3|one|0||",
      "Transfer-Encoding: chunked|Transfer-Encoding: chunked||3|one|0||",
      "Transfer-Encoding : chunked||3|one|0||", "Transfer-Encoding: chunked||0x3|one|0||",
      "Transfer-Encoding: chunked||+3|one|0||", "Transfer-Encoding: chunked||-3|one|0||",
      "Transfer-Encoding: chunked||100000003|one|0||", "Transfer-Encoding: chunked||3|oneX0||",
      "Transfer-Encoding: chunked||z|one|0||"})
  void anAmbiguousBodyIs400(String rest) throws IOException {
    assertRefused("POST /echo HTTP/1.1|Host: t|" + rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /echo HTTP/1.0|Transfer-Encoding: chunked||3|one|0||",
      "POST /echo HTTP/1.7||", "POST /echo HTTP/1.0|Host: a|Host: b||",
      "POST abc?u=http://h/echo HTTP/1.1|Host: t||", "POST /x#/../echo HTTP/1.1|Host: t||",
      "POST /\u00e9cho HTTP/1.1|Host: t||", "POST /\u00c0\u00afecho HTTP/1.1|Host: t||", "GET * HTTP/1.1|Host: t||"})
  void anAmbiguousHeadIs400(String head) throws IOException {
    assertRefused(head);
  }

  private static void assertRefused(String request) throws IOException {
    try (var client = new RawClient(server)) {
      RawClient.Reply reply = client.send(request.replace("|", "\r\n")).reply();
      assertEquals(400, reply.status(), reply.body());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void aHeadBehindABodyThatWasSentWithoutWaitingIsAnsweredForItself() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\none"
          + "HEAD /echo HTTP/1.1\r\nHost: t\r\n\r\n");
      RawClient.Reply first = client.reply();
      assertEquals("one", first.status() == 100 ? client.reply().body() : first.body());
      assertEquals(405, client.reply(true).status());
    }
  }

  @Test
  void aRefusalIsJsonWhateverTheRequestHeld() throws IOException {
    try (var client = new RawClient(server)) {
      RawClient.Reply reply = client.send("GET \u0001 HTTP/1.1\r\nHost: t\r\n\r\n").reply();
      assertEquals(400, reply.status());
      assertTrue(reply.body().chars().allMatch(c -> c >= ' '), reply.body());
    }
  }
}
