package dev.edge4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.http.Request;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an origin says is read in one way or not at all: where two readers could differ, there is no answer. */
class ResponsesOfOriginsAreReadStrictlyTest {
  private static final int MOST = 1_000_000;

  private static OriginException.Kind failure(String response) throws IOException {
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      dialog.say(response);
    }); var client = OriginClient.to(origin.url(), OriginOptions.defaults().withRetries(0))) {
      return assertThrows(OriginException.class, () -> client.send(Request.get("/")).bytes(MOST)).kind();
    }
  }

  private static String answer(String response) throws IOException {
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      dialog.say(response);
    });
        var client = OriginClient.to(origin.url(), OriginOptions.defaults().withRetries(0));
        OriginResponse answer = client.send(Request.get("/"))) {
      String text = answer.text(MOST);
      return answer.status() + " " + answer.version() + " " + text + answer.trailers();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "HTTP/1.1 200 OK\nContent-Length: 2\n\nab",
      "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\nab",
      "HTTP/2 200\r\nContent-Length: 2\r\n\r\nab",
      "HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nab",
      "http/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab",
      "HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nab",
      "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nab",
      "HTTP/1.1 600 OK\r\nContent-Length: 2\r\n\r\nab",
      "HTTP/1.1 +20 OK\r\nContent-Length: 2\r\n\r\nab",
      "\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab",
      "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nab",
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n folded\r\n\r\nab",
      "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nab",
      "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nab",
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab",
      "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nab",
      "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nab",
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, identity\r\n\r\n2\r\nab\r\n0\r\n\r\n",
      "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nab\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nab\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\nab\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n123456789\r\nab\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nab\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a\nb\r\nab\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
      "HTTP/1.1 200 OK\r\n: empty\r\n\r\n",
      "HTTP/1.1 200 OK\r\nA\u0000B: x\r\n\r\n",
      "HTTP/1.1 200 OK\r\nA: x\u0000y\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nA: x\ry\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
      "<html>"})
  void whatIsNoHttpIsNoAnswer(String response) throws IOException {
    OriginException.Kind kind = failure(response);
    assertEquals(response.equals("<html>") ? OriginException.Kind.BROKEN : OriginException.Kind.PROTOCOL, kind);
  }

  static Stream<String> broken() {
    return Stream.of("", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n", "HTTP/1.1 100 Continue\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("broken")
  void whatBreaksOffIsNoAnswer(String response) throws IOException {
    assertEquals(OriginException.Kind.BROKEN, failure(response));
  }

  @Test
  void limitsHold() throws IOException {
    assertEquals(OriginException.Kind.PROTOCOL, failure("HTTP/1.1 200 OK\r\nA: " + "x".repeat(70_000) + "\r\n\r\n"));
    assertEquals(OriginException.Kind.PROTOCOL, failure("HTTP/1.1 200 OK\r\n" + "A: x\r\n".repeat(600) + "\r\n"));
    assertEquals(OriginException.Kind.PROTOCOL, failure("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100)));
    assertEquals(OriginException.Kind.PROTOCOL,
        failure("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;" + "x".repeat(5_000) + "\r\nab\r\n0\r\n\r\n"));
    assertEquals(OriginException.Kind.PROTOCOL,
        failure("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: " + "x".repeat(70_000) + "\r\n\r\n"));
    assertEquals(OriginException.Kind.PROTOCOL, failure("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(MOST + 1)));
  }

  @Test
  void whatServersSayIsUnderstood() throws IOException {
    assertEquals("200 1.1 ab", answer("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nab"));
    assertEquals("200 1.1 ab", answer("HTTP/1.1 200 \u00e4\u00f6\r\ncontent-length:2\r\n\r\nab"));
    assertEquals("200 1.0 ab", answer("HTTP/1.0 200 OK\r\nServer: old\r\n\r\nab"));
    assertEquals("200 1.1 ab", answer("HTTP/1.1 200 OK\r\n\r\nab"));
    assertEquals("204 1.1 ", answer("HTTP/1.1 204 No Content\r\n\r\n"));
    assertEquals("304 1.1 ", answer("HTTP/1.1 304 Not Modified\r\nContent-Length: 12\r\n\r\n"));
    assertEquals("200 1.1 abc", answer(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n02 ;x=\"y\"\r\nab\r\n1\r\nc\r\n000\r\n\r\n"));
    assertEquals("200 1.1 abDigest: 7\n", answer(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nDigest: 7\r\nContent-Length: 9\r\n\r\n"));
  }
}
