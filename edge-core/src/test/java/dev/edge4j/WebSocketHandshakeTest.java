package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.WebSocketOptions.Compression;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may open a WebSocket and what is agreed on (RFC 6455 section 4.2, RFC 7692 section 7.1). */
class WebSocketHandshakeTest {
  private static final WebSocketHandler SILENT = _ -> {};

  private final App app = new App();

  /** The example of RFC 6455 section 1.3, from a page of the same host. */
  private static Request handshake(String... more) {
    Headers headers = Headers.of("Host", "server.example.com", "Upgrade", "websocket", "Connection",
        "keep-alive, Upgrade",
        "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version", "13");
    for (int i = 0; i < more.length; i += 2) {
      headers = headers.with(more[i], more[i + 1]);
    }
    return Request.get("/ws").withHeaders(headers);
  }

  private Response answer(Request request) {
    return app.request(request);
  }

  @Test
  void theExampleOfTheRfc() {
    app.ws("/ws", SILENT);
    Response response = answer(handshake());
    assertEquals(101, response.status());
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", response.header("Sec-WebSocket-Accept").orElse(""));
    assertEquals("websocket", response.header("Upgrade").orElse(""));
    assertEquals(Optional.empty(), response.header("Sec-WebSocket-Extensions"));
    assertEquals(Optional.empty(), response.header("Sec-WebSocket-Protocol"));
    assertEquals("websocket", assertInstanceOf(Body.Upgrade.class, response.body()).next().name());
  }

  @Test
  void whoDoesNotAskForItIsTold() {
    app.ws("/ws", SILENT);
    Response response = app.request("/ws");
    assertEquals(426, response.status());
    assertEquals("websocket", response.header("Upgrade").orElse(""));
    assertEquals("13", response.header("Sec-WebSocket-Version").orElse(""));
    assertEquals(426, answer(handshake().withMethod(Method.HEAD)).status());
    assertEquals(405, answer(handshake().withMethod(Method.POST)).status());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = '|', textBlock = """
      Upgrade               | h2c                          | 426
      Connection            | keep-alive                   | 426
      Sec-WebSocket-Version | 8                            | 426
      Sec-WebSocket-Version | 13, 8                        | 426
      Sec-WebSocket-Key     | dGhlIHNhbXBsZSBub25jZQ       | 400
      Sec-WebSocket-Key     | dGhlIHNhbXBsZSBub25jZQ=!     | 400
      Sec-WebSocket-Key     | dGhlIHNhbXBsZSBub25jZTEyMw== | 400
      Content-Length        | 5                            | 400
      Transfer-Encoding     | chunked                      | 400
      Origin                | https://elsewhere.example    | 403
      Origin                | null                         | 403
      Origin                | http://server.example.com:81 | 403
      Sec-WebSocket-Extensions | a;=b                      | 400
      Sec-WebSocket-Extensions | a;b="c d"                 | 400
      Upgrade               | h2c, WebSocket               | 101
      Connection            | upgrade                      | 101
      Content-Length        | 0                            | 101
      Origin                | https://server.example.com   | 101
      Origin                | HTTP://Server.Example.com:80 | 101
      Sec-WebSocket-Extensions | x; y="z", q               | 101
      """)
  void fields(String name, String value, int status) {
    app.ws("/ws", SILENT);
    assertEquals(status, answer(handshake(name, value)).status());
  }

  @Test
  void aKeyComesOnce() {
    app.ws("/ws", SILENT);
    Request request = handshake();
    assertEquals(400, answer(request.withHeaders(request.headers().without("Sec-WebSocket-Key"))).status());
    assertEquals(400, answer(request.withHeaders(
        request.headers().withAdded("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="))).status());
  }

  @Test
  void otherOriginsAreLetInByName() {
    app.ws("/ws", WebSocketOptions.defaults().withOrigins("https://app.example.org"), SILENT);
    assertEquals(101, answer(handshake("Origin", "https://app.example.org")).status());
    assertEquals(101, answer(handshake("Origin", "https://server.example.com")).status());
    assertEquals(403, answer(handshake("Origin", "http://app.example.org")).status());
  }

  @Test
  void anOriginHasThePortThatTheHostNames() {
    app.ws("/ws", SILENT);
    Request onPort = handshake("Host", "localhost:8080");
    assertEquals(101, answer(onPort.withHeader("Origin", "http://localhost:8080")).status());
    assertEquals(403, answer(onPort.withHeader("Origin", "http://localhost")).status());
  }

  @Test
  void everyOriginIsLetInOnDemand() {
    app.ws("/ws", WebSocketOptions.defaults().withAnyOrigin(), SILENT);
    assertEquals(101, answer(handshake("Origin", "null")).status());
  }

  @Test
  void theFirstSubprotocolThatBothKnow() {
    app.ws("/ws", WebSocketOptions.defaults().withSubprotocols("chat.v2", "chat.v1"), SILENT);
    assertEquals("chat.v2", answer(handshake("Sec-WebSocket-Protocol", "chat.v1, chat.v2")).header(
        "Sec-WebSocket-Protocol").orElse("none"));
    assertEquals("none", answer(handshake("Sec-WebSocket-Protocol", "other")).header("Sec-WebSocket-Protocol")
        .orElse(
            "none"));
    assertThrows(IllegalArgumentException.class, () -> WebSocketOptions.defaults().withSubprotocols("two words"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      permessage-deflate                                     | permessage-deflate
      permessage-deflate; client_max_window_bits             | permessage-deflate
      permessage-deflate; client_max_window_bits=9           | permessage-deflate
      permessage-deflate; client_max_window_bits="10"        | permessage-deflate
      permessage-deflate; server_max_window_bits=15          | permessage-deflate
      permessage-deflate; server_no_context_takeover         | permessage-deflate; server_no_context_takeover
      permessage-deflate; client_no_context_takeover         | permessage-deflate; client_no_context_takeover
      permessage-deflate; server_max_window_bits=10          | none
      permessage-deflate; server_max_window_bits             | none
      permessage-deflate; client_max_window_bits=16          | none
      permessage-deflate; client_max_window_bits=08          | none
      permessage-deflate; server_no_context_takeover=1       | none
      permessage-deflate; more                               | none
      permessage-deflate; client_max_window_bits; client_max_window_bits | none
      permessage-deflate; server_max_window_bits=9, permessage-deflate   | permessage-deflate
      x-webkit-deflate-frame                                 | none
      """)
  void compression(String offer, String agreed) {
    app.ws("/ws", WebSocketOptions.defaults().withCompression(Compression.SHARED_CONTEXT), SILENT);
    assertEquals(agreed, answer(handshake("Sec-WebSocket-Extensions", offer)).header("Sec-WebSocket-Extensions")
        .orElse(
            "none"));
  }

  @Test
  void compressionAsTheOptionsSay() {
    app.ws("/ws", SILENT);
    app.ws("/off", WebSocketOptions.defaults().withCompression(Compression.OFF), SILENT);
    Request request = handshake("Sec-WebSocket-Extensions", "permessage-deflate");
    assertEquals("permessage-deflate; server_no_context_takeover; client_no_context_takeover", answer(request).header(
        "Sec-WebSocket-Extensions").orElse("none"));
    assertEquals("none", answer(request.withTarget(Request.get("/off").target())).header("Sec-WebSocket-Extensions")
        .orElse("none"));
  }

  @Test
  void itIsAnswerableByWhatStandsAround() {
    var after = new AtomicInteger();
    app.use(new Gate() {
      @Override
      public Verdict before(Context c) {
        return c.header("Refuse").isPresent() ? Verdict.answer(c.text(401, "no")) : Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        after.set(response.status());
        return response.withHeader("X-Gate", "1");
      }
    });
    app.group("/g", g -> g.ws("/ws", SILENT));
    Request request = handshake().withTarget(Request.get("/g/ws").target());
    assertEquals("1", answer(request).header("X-Gate").orElse(""));
    assertEquals(101, after.get());
    assertEquals(401, answer(request.withHeader("Refuse", "1")).status());
  }
}
