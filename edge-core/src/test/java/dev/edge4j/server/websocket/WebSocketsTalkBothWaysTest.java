package dev.edge4j.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Message;
import dev.edge4j.MessageStream;
import dev.edge4j.WebSocketOptions;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes in at one end comes out at the other, seen by a client that is not ours and by one that sees the frames. */
class WebSocketsTalkBothWaysTest {
  /** Puts the fragments of messages together. */
  private static final class Heard implements WebSocket.Listener {
    final LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        texts.add(text.toString());
        text.setLength(0);
      }
      ws.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket ws, ByteBuffer data, boolean last) {
      return onText(ws, data.remaining() + " bytes ", last);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
      closed.complete(code);
      return null;
    }

    String next() throws InterruptedException {
      return String.valueOf(texts.poll(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void withAForeignClient() throws Exception {
    var app = new App();
    app.group("/chat", chat -> chat.ws("/:room", WebSocketOptions.defaults().withSubprotocols("v2"), ws -> {
      ws.send(ws.param("room").asString() + " " + ws.subprotocol().orElse("none"));
      for (Message message : ws) {
        ws.send(message);
      }
    }));
    var heard = new Heard();
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
        HttpClient http = HttpClient.newHttpClient()) {
      WebSocket client = http.newWebSocketBuilder()
          .subprotocols("v1", "v2")
          .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/chat/caf%C3%A9"), heard)
          .get(30, TimeUnit.SECONDS);
      assertEquals("café v2", heard.next());
      client.sendText("one, ", false).get(30, TimeUnit.SECONDS);
      client.sendText("twö \uD83D\uDE00", true).get(30, TimeUnit.SECONDS);
      assertEquals("one, twö \uD83D\uDE00", heard.next());
      client.sendBinary(ByteBuffer.wrap(new byte[3]), true).get(30, TimeUnit.SECONDS);
      assertEquals("3 bytes ", heard.next());
      client.sendClose(4001, "enough").get(30, TimeUnit.SECONDS);
      assertEquals(4001, heard.closed.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void largeMessagesGoInFragmentsBothWays() throws Exception {
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    try (Talk talk = Talk.with(ws -> ws.iterator().forEachRemaining(ws::send)); RawWebSocket client = talk.client()) {
      var reader = CompletableFuture.supplyAsync(() -> messageOf(client), Thread::startVirtualThread);
      client.frame(Opcode.BINARY, new byte[0]).frame(Rules.FIN, large);
      assertArrayEquals(large, reader.get(60, TimeUnit.SECONDS));
    }
  }

  private static byte[] messageOf(RawWebSocket client) {
    try {
      return client.message();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void messagesAsStreams() throws Exception {
    try (Talk talk = Talk.with(ws -> {
      var text = assertInstanceOf(MessageStream.Text.class, ws.receiveStream().orElseThrow());
      try (Reader in = text.reader(); Writer out = ws.textStream()) {
        in.transferTo(out);
      }
      var binary = assertInstanceOf(MessageStream.Binary.class, ws.receiveStream().orElseThrow());
      try (InputStream in = binary.stream(); OutputStream out = ws.binaryStream()) {
        out.write(in.read());
        out.flush();
        out.write(in.readAllBytes());
      }
    }); RawWebSocket client = talk.client()) {
      byte[] text = "ä€\uD83D\uDE00".getBytes(UTF_8);
      for (int i = 0; i < text.length; i++) { // no fragment is UTF-8 by itself
        client.frame(i == 0 ? Opcode.TEXT : i == text.length - 1 ? Rules.FIN : 0, new byte[]{text[i]});
      }
      assertArrayEquals(text, client.message());
      client.binary(new byte[]{1, 2, 3});
      RawWebSocket.Frame first = client.read();
      assertEquals(Opcode.BINARY, first.flags() | first.opcode());
      assertArrayEquals(new byte[]{1}, first.payload());
      RawWebSocket.Frame second = client.read();
      assertEquals(Rules.FIN, second.flags() | second.opcode());
      assertArrayEquals(new byte[]{2, 3}, second.payload());
      assertEquals(CloseCode.NORMAL, client.readClose().closeCode());
    }
  }

  @Test
  void whatIsNotReadOfAStreamIsSkipped() throws Exception {
    try (Talk talk = Talk.with(ws -> {
      var first = assertInstanceOf(MessageStream.Binary.class, ws.receiveStream().orElseThrow());
      int begin = first.stream().read();
      ws.send(begin + " " + ws.receive().orElseThrow());
    }); RawWebSocket client = talk.client()) {
      client.frame(Opcode.BINARY, new byte[]{7, 8})
          .frame(0, new byte[100_000])
          .frame(Rules.FIN, new byte[1])
          .text("next");
      assertEquals("7 Text[text=next]", new String(client.message(), UTF_8));
    }
  }

  @Test
  void aReaderMayTakeOneCharAtATime() throws Exception {
    try (Talk talk = Talk.with(ws -> {
      var text = assertInstanceOf(MessageStream.Text.class, ws.receiveStream().orElseThrow());
      var chars = new StringBuilder();
      for (int c = text.reader().read(); c >= 0; c = text.reader().read()) {
        chars.append((char) c);
      }
      ws.send(chars.toString());
    }); RawWebSocket client = talk.client()) {
      client.text("a\uD83D\uDE00b");
      assertEquals("a\uD83D\uDE00b", new String(client.message(), UTF_8));
    }
  }

  @Test
  void compressedWhereBothWant() throws Exception {
    String offer = "Sec-WebSocket-Extensions: permessage-deflate";
    try (Talk talk = Talk.with(ws -> ws.iterator().forEachRemaining(ws::send));
        RawWebSocket client = talk.client(offer)) {
      assertTrue(client.head().contains("Sec-WebSocket-Extensions: permessage-deflate"), client.head());
      byte[] hello = {(byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00};
      client.frame(Rules.FIN | Rules.RSV1 | Opcode.TEXT, hello);
      RawWebSocket.Frame small = client.read();
      assertEquals(Rules.FIN, small.flags());
      assertEquals("Hello", small.text());
      client.text("x".repeat(5_000));
      RawWebSocket.Frame large = client.read();
      assertEquals(Rules.FIN | Rules.RSV1, large.flags());
      assertTrue(large.payload().length < 100, large.payload().length + " bytes");
      var inflating = new Inflating(false);
      inflating.input(large.payload(), true);
      assertEquals(5_000, inflating.output(new byte[6_000], 0, 6_000));
      inflating.close();
    }
  }

  @Test
  void framesThatComeWithTheHandshakeAreNotLost() throws Exception {
    try (Talk talk = Talk.with(ws -> ws.send(ws.receive().orElseThrow()));
        RawClient client = new RawClient(talk.server())) {
      client.send(
          "GET / HTTP/1.1\r\n" + RawWebSocket.HANDSHAKE + "\r\n\u0081\u0081\0\0\0\0a");
      RawClient.Reply reply = client.reply();
      assertEquals(101, reply.status());
      assertEquals("Upgrade", reply.header("Connection"));
      assertArrayEquals(new byte[]{(byte) 0x81, 1, 'a'}, client.some(3));
    }
  }

  @Test
  void anOldClientCannotUpgrade() throws Exception {
    try (Talk talk = Talk.with(_ -> {}); RawClient client = new RawClient(talk.server())) {
      client.send(
          "GET / HTTP/1.0\r\n" + RawWebSocket.HANDSHAKE + "\r\n");
      assertEquals(501, client.reply().status());
    }
  }

  @Test
  void whoDoesNotUpgradeMayAskForMore() throws Exception {
    try (Talk talk = Talk.with(_ -> {}); RawClient client = new RawClient(talk.server())) {
      RawClient.Reply reply = client.get("/").reply();
      assertEquals(426, reply.status());
      assertEquals("Upgrade", reply.header("Connection"));
      assertEquals(426, client.get("/").reply().status());
    }
  }

  @Test
  void aThreadThatWritesAMessageCannotSendAnother() throws Exception {
    try (Talk talk = Talk.with(ws -> {
      try (Writer out = ws.textStream()) {
        out.write(assertThrows(IllegalStateException.class, () -> ws.send("x")).getMessage() == null ? "" : "refused");
      }
    }); RawWebSocket client = talk.client()) {
      assertEquals("refused", new String(client.message(), UTF_8));
    }
  }
}
