package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import dev.edge4j.server.wire.DateField;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a response ends depends on the request and the status, and both sides must agree on it (RFC 9112 section 6.3). */
class ResponsesAreFramedByTheirRequestTest {
  private static Server server;

  @BeforeAll
  static void start() {
    var app = new App();
    app.get("/", c -> c.text("hello"));
    app.get("/n/:n", c -> c.text("number " + c.param("n").asString()));
    app.post("/echo", c -> c.text(c.bodyText()));
    app.get("/status/:n", c -> Response.text(c.param("n").asInt(), "not to be sent"));
    app.get("/stream", _ -> Response.of(200).withBody(new Body.Stream(out -> out.write('x'))));
    server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void section9p3p2PipelinedRequestsAreAnsweredInOrder() throws IOException {
    var requests = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      requests.append("GET /n/").append(i).append(" HTTP/1.1\r\nHost: t\r\n\r\n");
    }
    try (var client = new RawClient(server)) {
      client.send(requests.toString());
      for (int i = 0; i < 100; i++) {
        assertEquals("number " + i, client.reply().body());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/stream", "/status/200", "/status/404"})
  void rfc9110Section9p3p2HeadHasNoBody(String target) throws IOException {
    try (var client = new RawClient(server)) {
      var _ = client.send("HEAD " + target + " HTTP/1.1\r\nHost: t\r\n\r\n").reply(true);
      assertEquals("hello", client.get("/").reply().body());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void section6p3NoBodyAndNoLengthIn(int status) throws IOException {
    try (var client = new RawClient(server)) {
      RawClient.Reply reply = client.get("/status/" + status).reply();
      assertEquals(status, reply.status());
      assertEquals("", reply.header("Content-Length") + reply.header("Transfer-Encoding"));
      assertEquals("hello", client.get("/").reply().body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "Close", "keep-alive, close", "close, keep-alive", "x,close", " , close"})
  void section9p6TheClientMayCloseTheConnection(String options) throws IOException {
    try (var client = new RawClient(server)) {
      client.send("GET / HTTP/1.1\r\nHost: t\r\nConnection: " + options + "\r\n\r\nGET / HTTP/1.1\r\nHost: t\r\n\r\n");
      assertEquals("close", client.reply().header("Connection"));
      assertTrue(client.isClosed(), "what stands behind it is not answered");
    }
  }

  @Test
  void section9p3AnOldClientMustAskToKeepTheConnection() throws IOException {
    try (var client = new RawClient(server)) {
      RawClient.Reply kept = client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").reply();
      assertEquals("keep-alive", kept.header("Connection"));
      assertEquals("close", client.send("GET / HTTP/1.0\r\n\r\n").reply().header("Connection"));
      assertTrue(client.isClosed());
    }
  }

  @Test
  void rfc9110Section10p1p1AClientThatWaitsIsToldToGoOnAndOneThatDoesNotIsNot() throws IOException {
    String head = "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
    try (var client = new RawClient(server)) {
      assertEquals(100, client.send(head).reply().status());
      assertEquals("one", client.send("one").reply().body());
      assertEquals("two", client.send(head + "two").reply().body());
    }
  }

  @Test
  void rfc9110Section6p6p1TheDateIsTheSecondsAndNoOlder() {
    assertEquals("Thu, 01 Jan 1970 00:00:59 GMT", DateField.at(59_999));
    assertEquals("Thu, 01 Jan 1970 00:01:00 GMT", DateField.at(60_000));
    assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", DateField.at(784_111_777_000L));
  }
}
