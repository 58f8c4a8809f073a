package dev.edge4j.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A response has the body that its request and status allow, fields in lower case and none that is about a connection; and a request that breaks off has no answer. */
class ResponsesFollowTheirRequestTest {
  private static Server server;

  @BeforeAll
  static void start() {
    var app = new App();
    app.get("/", c -> c.text("Hello"));
    app.get("/fields", c -> new Response(200, Headers.of("X-Mixed", "a", "Connection", "close", "Keep-Alive", "5",
        "Transfer-Encoding", "chunked", "Upgrade", "x", "Set-Cookie", "a=\u00e4", "Content-Length", "99"),
        new Body.Bytes("OK".getBytes(StandardCharsets.UTF_8))));
    app.get("/dated/:day", c -> c.text("")
        .withHeader("Date", "Sun, 0" + c.param("day").asInt() + " Nov 1994 08:49:37 GMT"));
    app.get("/status/:code", c -> c.text(c.param("code").asInt(), "text"));
    app.get("/stream", c -> new Response(200, Headers.empty(), new Body.Stream(out -> out.write('x'))));
    app.get("/broken", c -> new Response(200, Headers.empty(), new Body.Stream(out -> {
      out.write('x');
      throw new IOException("the source has broken off");
    })));
    app.get("/fails", c -> new Response(200, Headers.empty(), new Body.Stream(_ -> {
      throw new IOException("before the first byte");
    })));
    app.get("/large", c -> c.text("x").withHeader("X-Large", "y".repeat(40_000)));
    app.post("/length", c -> c.text("" + c.bodyText().length() + c.request()
        .body()
        .trailers()
        .first("x-checksum")
        .orElse("")));
    server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Http2Client.Answer ask(String method, String path) throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      return client.request(1, method, path, true).answer(1);
    }
  }

  @Test
  void headTellsTheLengthAndNoBody() throws IOException {
    var answer = ask("HEAD", "/");
    assertEquals("5", answer.headers().get("content-length"));
    assertEquals("", answer.text());
    assertNull(ask("HEAD", "/stream").headers().get("content-length"));
  }

  @Test
  void noContentMeansNone() throws IOException {
    for (int status : new int[]{204, 304}) {
      var answer = ask("GET", "/status/" + status);
      assertEquals(status, answer.status());
      assertNull(answer.headers().get("content-length"));
      assertEquals("", answer.text());
    }
    assertEquals("0", ask("GET", "/status/205").headers().get("content-length"));
  }

  @Test
  void fieldsAreThoseOfHttp2() throws IOException {
    var answer = ask("GET", "/fields");
    assertEquals(Set.of(":status", "x-mixed", "set-cookie", "date", "content-length"), answer.headers().keySet());
    assertEquals("2", answer.headers().get("content-length"));
    assertEquals("a=\u00e4", answer.headers().get("set-cookie"));
  }

  @Test
  void rfc9110Section6p6p1ADateThatIsOneIsKept() throws IOException {
    assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", ask("GET", "/dated/6").headers().get("date"));
    assertNotEquals("Sun, 07 Nov 1994 08:49:37 GMT", ask("GET", "/dated/7").headers().get("date"), "no Sunday");
  }

  @Test
  void aStreamThatBreaksOffIsReset() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.get(1, "/broken");
      assertEquals(ErrorCode.INTERNAL_ERROR.code(), client.await(FrameType.RST_STREAM, 1).code());
    }
    assertEquals(500, ask("GET", "/fails").status());
  }

  @Test
  void aHeadMayTakeSeveralFrames() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.get(1, "/large");
      var head = client.await(FrameType.HEADERS, 1);
      assertFalse((head.flags() & Http2Client.END_HEADERS) != 0);
      var second = client.next();
      var third = client.next();
      assertEquals(FrameType.CONTINUATION, second.type());
      assertTrue((third.flags() & Http2Client.END_HEADERS) != 0);
      byte[] block = Http2Client.concat(Http2Client.concat(head.payload(), second.payload()), third.payload());
      var whole = new Http2Client.Received(FrameType.HEADERS, 0, 1, block);
      assertEquals(40_000, client.fields(whole).getOrDefault("x-large", "").length());
    }
  }

  @Test
  void trailersEndABodyUnlessTheyLie() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.request(1, "POST", "/length", false).data(1, false, new byte[3]);
      client.headers(1, true, Http2Client.block("x-checksum", "ok"));
      assertEquals("3ok", client.answer(1).text());
      String[][] lies = {{":path", "/"}, {"content-length", "3"}, {"X-Upper", "x"}, {"host", "other"}};
      int stream = 3;
      for (String[] lie : lies) {
        client.request(stream, "POST", "/length", false).data(stream, false, new byte[3]);
        client.headers(stream, true, Http2Client.block(lie));
        assertEquals(ErrorCode.PROTOCOL_ERROR.code(), client.await(FrameType.RST_STREAM, stream).code());
        stream += 2;
      }
    }
  }

  @Test
  void aBodyOfAnotherLengthThanDeclaredIsNone() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.request(1, "POST", "/length", false, "content-length", "5").data(1, true, new byte[4]);
      assertEquals(ErrorCode.PROTOCOL_ERROR.code(), client.await(FrameType.RST_STREAM, 1).code());
      client.request(3, "POST", "/length", false, "content-length", "5").data(3, false, new byte[6]);
      assertEquals(ErrorCode.PROTOCOL_ERROR.code(), client.await(FrameType.RST_STREAM, 3).code());
      client.request(5, "POST", "/length", false, "content-length", "5").data(5, true, new byte[5]);
      assertEquals("5", client.answer(5).text());
    }
  }

  @Test
  void whatIsUnderstoodButRefusedIsAnswered() throws IOException {
    assertEquals(400, ask("GET", "/a\\b").status());
    assertEquals(414, ask("GET", "/" + "a".repeat(9_000)).status());
    assertEquals("", ask("HEAD", "/%4").text());
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.request(1, "GET", "/", true, "x", "y".repeat(15_000), "z", "y".repeat(0));
      assertEquals(200, client.answer(1).status());
      byte[] block = Http2Client.concat(Http2Client.block(":method", "GET", ":scheme", "http", ":authority", "t",
          ":path", "/"), Http2Client.block("a", "y".repeat(12_000), "b", "y".repeat(3_000)));
      byte[] more = Http2Client.block("c", "y".repeat(12_000));
      client.frame(FrameType.HEADERS, Http2Client.END_STREAM, 3, block);
      client.frame(FrameType.CONTINUATION, Http2Client.END_HEADERS, 3, more);
      assertEquals(431, client.answer(3).status());
      client.headers(5, true, Http2Client.block(":method", "CONNECT", ":authority", "t:80"));
      assertEquals(501, client.answer(5).status());
      assertEquals(200, client.get(7, "/").answer(7).status());
    }
  }
}
