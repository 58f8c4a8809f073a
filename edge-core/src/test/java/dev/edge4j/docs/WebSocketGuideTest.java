package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Message;
import dev.edge4j.MessageStream;
import dev.edge4j.WebSocket;
import dev.edge4j.WebSocketClosedException;
import dev.edge4j.WebSocketOptions;
import dev.edge4j.WebSocketOptions.Compression;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The listings of docs/websocket.md. */
class WebSocketGuideTest {
  /** A client of the JDK that keeps what it hears. */
  private static final class Client implements java.net.http.WebSocket.Listener {
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(java.net.http.WebSocket ws, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        heard.add(text.toString());
        text.setLength(0);
      }
      ws.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(java.net.http.WebSocket ws, int code, String reason) {
      heard.add("closed " + code + " " + reason);
      return null;
    }

    java.net.http.WebSocket connect(HttpClient http, Server server, String path) throws Exception {
      return http.newWebSocketBuilder()
          .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path), this)
          .get(30, TimeUnit.SECONDS);
    }

    String next() throws InterruptedException {
      return String.valueOf(heard.poll(30, TimeUnit.SECONDS));
    }
  }

  private static ServerOptions local() {
    return ServerOptions.port(0).withHost("127.0.0.1");
  }

  // tag::chat[]
  private final Map<String, Set<WebSocket>> rooms = new ConcurrentHashMap<>();

  private void chat(WebSocket ws) {
    Set<WebSocket> room = rooms.computeIfAbsent(ws.param("room").asString(), _ -> ConcurrentHashMap.newKeySet());
    room.add(ws);
    try {
      for (Message message : ws) { // until either side closes
        if (message instanceof Message.Text(String text)) {
          room.forEach(member -> tell(member, text));
        } else {
          ws.close(1003, "text only");
        }
      }
    } finally {
      room.remove(ws);
    }
  }

  private static void tell(WebSocket member, String text) {
    try {
      member.send(text); // waits while the member is slower
    } catch (WebSocketClosedException gone) {
      // Its own handler takes it out of the room.
    }
  }
  // end::chat[]

  @Test
  void aChat() throws Exception {
    // tag::route[]
    var app = new App();
    app.ws("/chat/:room", this::chat);
    // end::route[]
    try (Server server = Server.start(app, local()); HttpClient http = HttpClient.newHttpClient()) {
      var first = new Client();
      var second = new Client();
      java.net.http.WebSocket one = first.connect(http, server, "/chat/tea");
      java.net.http.WebSocket two = second.connect(http, server, "/chat/tea");
      one.sendText("anybody?", true).get(30, TimeUnit.SECONDS);
      assertEquals("anybody?", first.next());
      two.sendText("here", true).get(30, TimeUnit.SECONDS);
      assertTrue(Set.of("anybody?", "here").contains(second.next()));
      one.sendBinary(ByteBuffer.allocate(1), true).get(30, TimeUnit.SECONDS);
      String heard = first.next();
      assertEquals("closed 1003 text only", heard.equals("here") ? first.next() : heard);
      two.sendClose(1000, "").get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void largeMessages() throws Exception {
    var app = new App();
    // tag::streams[]
    app.ws("/upper", ws -> {
      while (ws.receiveStream().orElse(null) instanceof MessageStream.Text(var reader)) {
        try (Writer out = ws.textStream()) {
          var piece = new char[4 * 1024];
          for (int count = reader.read(piece); count >= 0; count = reader.read(piece)) {
            out.write(new String(piece, 0, count).toUpperCase(Locale.ROOT));
          }
        }
      }
    });
    // end::streams[]
    try (Server server = Server.start(app, local()); HttpClient http = HttpClient.newHttpClient()) {
      var client = new Client();
      java.net.http.WebSocket ws = client.connect(http, server, "/upper");
      ws.sendText("x".repeat(100_000), true).get(30, TimeUnit.SECONDS);
      assertEquals("X".repeat(100_000), client.next());
      ws.sendClose(1000, "").get(30, TimeUnit.SECONDS);
      assertEquals("closed 1000 ", client.next());
    }
  }

  @Test
  void options() throws Exception {
    var app = new App();
    // tag::options[]
    app.ws("/prices", WebSocketOptions.defaults()
        .withOrigins("https://app.example.com")
        .withSubprotocols("prices.v2", "prices.v1")
        .withCompression(Compression.SHARED_CONTEXT), ws -> ws.send("speaks " + ws.subprotocol().orElse("nothing")));

    var options = ServerOptions.port(0)
        .withLimits(limits -> limits.withWebSockets(limits.webSockets()
            .withMaxMessageBytes(1024 * 1024)
            .withPings(Duration.ofSeconds(20), Duration.ofSeconds(10))));
    // end::options[]
    try (Server server = Server.start(app, options.withHost("127.0.0.1"));
        HttpClient http = HttpClient.newHttpClient()) {
      var client = new Client();
      client.connect(http, server, "/prices");
      assertEquals("speaks nothing", client.next());
    }
  }

  @Test
  void inProcess() {
    var app = new App();
    app.ws("/chat/:room", this::chat);
    // tag::in-process[]
    Response plain = app.request("/chat/tea");
    assertEquals(426, plain.status());

    Response upgraded = app.request(Request.get("/chat/tea")
        .withHeader("Host", "example.com")
        .withHeader("Connection", "Upgrade")
        .withHeader("Upgrade", "websocket")
        .withHeader("Sec-WebSocket-Version", "13")
        .withHeader("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
    assertEquals(101, upgraded.status());
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", upgraded.header("Sec-WebSocket-Accept").orElseThrow());
    // end::in-process[]
  }
}
