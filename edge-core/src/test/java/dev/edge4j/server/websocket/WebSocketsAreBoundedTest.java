package dev.edge4j.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.MessageStream;
import dev.edge4j.WebSocketClosedException;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.support.Aside;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Each limit has its close and its count, and whoever is faster waits for the other. */
@Aside
class WebSocketsAreBoundedTest {
  private static final int LIMIT = 1_000;
  private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate";

  @Test
  void aMessageThatIsTooLarge() throws Exception {
    try (Talk talk = Talk.with(l -> l.withMaxMessageBytes(LIMIT), ws -> ws.iterator().forEachRemaining(ws::send));
        RawWebSocket client = talk.client()) {
      client.binary(new byte[LIMIT]);
      assertEquals(LIMIT, client.message().length);
      client.frame(Opcode.BINARY, new byte[LIMIT]).frame(0, new byte[1]); // and it has not ended
      assertEquals(CloseCode.TOO_BIG, client.read().closeCode());
      assertTrue(client.isClosed());
      assertEquals(1, talk.count(Counter.WEBSOCKET_MESSAGES_TOO_LARGE));
    }
  }

  @Test
  void aFrameThatIsTooLargeIsRefusedByItsHead() throws Exception {
    try (Talk talk = Talk.with(l -> l.withMaxFrameBytes(LIMIT), ws -> ws.iterator().forEachRemaining(ws::send));
        RawWebSocket client = talk.client()) {
      client.write(new byte[]{(byte) 0x82, (byte) 0xfe, 0x03, (byte) 0xe9, 0, 0, 0, 0});
      assertEquals(CloseCode.TOO_BIG, client.read().closeCode());
      assertEquals(1, talk.count(Counter.WEBSOCKET_MESSAGES_TOO_LARGE));
    }
  }

  @Test
  void aMessageThatGrowsTooLargeWhenItIsInflated() throws Exception {
    try (Talk talk = Talk.with(l -> l.withMaxMessageBytes(1_000_000), ws -> ws.iterator().forEachRemaining(ws::send));
        RawWebSocket client = talk.client(DEFLATE)) {
      client.frame(Rules.FIN | Rules.RSV1 | Opcode.BINARY, bomb(100_000_000));
      assertEquals(CloseCode.TOO_BIG, client.read().closeCode());
      assertTrue(client.isClosed());
    }
  }

  private static byte[] bomb(int size) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    var out = new ByteArrayOutputStream();
    var buffer = new byte[64 * 1024];
    for (int left = size; left > 0; left -= 1_000_000) {
      deflater.setInput(new byte[1_000_000]);
      for (int n = deflater.deflate(buffer); n > 0; n = deflater.deflate(buffer)) {
        out.write(buffer, 0, n);
      }
    }
    for (int n = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH); n > 0; n = deflater.deflate(buffer, 0,
        buffer.length, Deflater.SYNC_FLUSH)) {
      out.write(buffer, 0, n);
    }
    deflater.end();
    byte[] all = out.toByteArray();
    return Arrays.copyOf(all, all.length - 4);
  }

  @Test
  void dataThatCannotBeInflated() throws Exception {
    try (Talk talk = Talk.with(ws -> ws.iterator().forEachRemaining(ws::send));
        RawWebSocket client = talk.client(DEFLATE)) {
      client.frame(Rules.FIN | Rules.RSV1 | Opcode.BINARY, new byte[]{(byte) 0xff, (byte) 0xff, (byte) 0xff});
      assertEquals(CloseCode.INVALID_DATA, client.read().closeCode());
    }
  }

  @Test
  void aStreamMayBeLonger() throws Exception {
    try (Talk talk = Talk.with(l -> l.withMaxMessageBytes(LIMIT), ws -> {
      var stream = assertInstanceOf(MessageStream.Binary.class, ws.receiveStream().orElseThrow()).stream();
      long count = 0;
      for (int n = stream.read(new byte[500]); n > 0; n = stream.read(new byte[500])) {
        count += n;
      }
      ws.send("" + count);
    }); RawWebSocket client = talk.client()) {
      client.frame(Opcode.BINARY, new byte[LIMIT]);
      for (int i = 0; i < 2_000; i++) {
        client.frame(0, new byte[LIMIT]);
      }
      client.frame(Rules.FIN, new byte[0]);
      assertEquals("2001000", new String(client.message(), UTF_8));
    }
  }

  @Test
  void aSenderWaitsForAClientThatDoesNotRead() throws Exception {
    var sent = new AtomicLong();
    var failed = new CompletableFuture<Throwable>();
    try (Talk talk = Talk.with(l -> l.withMaxBufferedBytes(100_000), ws -> {
      try {
        while (true) {
          ws.send(new byte[10_000]);
          sent.addAndGet(10_000);
        }
      } catch (WebSocketClosedException e) {
        failed.complete(e);
      }
    })) {
      RawWebSocket client = talk.client();
      long before = -1;
      while (before != sent.get()) { // stands still once the buffers of both systems are full
        before = sent.get();
        Thread.sleep(300);
      }
      assertTrue(before < 50_000_000, before + " bytes");
      client.message();
      client.close();
      assertInstanceOf(WebSocketClosedException.class, failed.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void aClientWaitsForAHandlerThatDoesNotReceiveAndItsPingsAreAnswered() throws Exception {
    var receive = new CountDownLatch(1);
    try (Talk talk = Talk.with(ws -> {
      receive.await();
      long count = 0;
      while (ws.receive().isPresent()) {
        count++;
      }
      assertEquals(20_000, count);
    }); RawWebSocket client = talk.client()) {
      client.text("unread").frame(0x89, "alive".getBytes(UTF_8));
      assertEquals("alive", client.read().text());
      var sent = new AtomicLong(1);
      var all = CompletableFuture.runAsync(() -> sendAll(client, sent), Thread::startVirtualThread);
      long before = -1;
      while (before != sent.get()) {
        before = sent.get();
        Thread.sleep(300);
      }
      assertTrue(before < 20_000, "everything was taken: " + before);
      receive.countDown();
      all.get(60, TimeUnit.SECONDS);
      assertEquals(CloseCode.NORMAL, client.readClose().closeCode());
    }
  }

  private static void sendAll(RawWebSocket client, AtomicLong sent) {
    try {
      for (int i = 1; i < 20_000; i++) {
        client.binary(new byte[1_000]);
        sent.incrementAndGet();
      }
      client.close(CloseCode.NORMAL);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFloodOfPingsWhosePongsNobodyReadsIsBounded() throws Exception {
    try (Talk talk = Talk.with(ws -> ws.iterator().forEachRemaining(ws::send)); RawWebSocket client = talk.client()) {
      byte[] ping = RawWebSocket.masked(0x89, new byte[125]);
      var pings = new ByteArrayOutputStream();
      for (int i = 0; i < 1_000; i++) {
        pings.writeBytes(ping);
      }
      for (int i = 0; i < 100; i++) {
        client.write(pings.toByteArray());
      }
      client.text("still here");
      RawWebSocket.Frame frame = client.read();
      int pongs = 0;
      while (frame.opcode() == Opcode.PONG) {
        pongs++;
        frame = client.read();
      }
      assertEquals("still here", frame.text());
      assertTrue(pongs >= 64 && pongs < 100_000, pongs + " pongs");
    }
  }

  @Test
  void aSilentPeerIsAskedAndThenGivenUp() throws Exception {
    var closed = new CompletableFuture<Integer>();
    try (Talk talk = Talk.with(l -> l.withPings(Duration.ofMillis(100), Duration.ofMillis(500)), ws -> {
      ws.receive();
      closed.complete(ws.closed().orElseThrow().code());
    }); RawWebSocket client = talk.client()) {
      assertEquals(Opcode.PING, client.read().opcode());
      assertTrue(client.isClosed());
      assertEquals(CloseCode.ABNORMAL, closed.get(30, TimeUnit.SECONDS));
      assertEquals(1, talk.count(Counter.WEBSOCKETS_SILENT));
    }
  }

  @Test
  void aPeerThatAnswersPingsMayBeSilent() throws Exception {
    try (Talk talk = Talk.with(l -> l.withPings(Duration.ofMillis(50), Duration.ofSeconds(20)),
        ws -> ws.iterator().forEachRemaining(ws::send)); RawWebSocket client = talk.client()) {
      for (int i = 0; i < 5; i++) {
        assertEquals(Opcode.PING, client.read().opcode());
        client.frame(0x8a, new byte[0]);
      }
      client.text("here");
      RawWebSocket.Frame frame = client.read();
      while (frame.opcode() == Opcode.PING) {
        frame = client.read();
      }
      assertEquals("here", frame.text());
      assertEquals(0, talk.count(Counter.WEBSOCKETS_SILENT));
    }
  }

  @Test
  void aStreamThatBreaksOffFails() throws Exception {
    var failed = new CompletableFuture<String>();
    try (Talk talk = Talk.with(ws -> {
      InputStream stream = assertInstanceOf(MessageStream.Binary.class, ws.receiveStream().orElseThrow()).stream();
      try {
        stream.readAllBytes();
      } catch (IOException e) {
        failed.complete(String.valueOf(e.getMessage()));
      }
    })) {
      talk.client().frame(Opcode.BINARY, new byte[10]).close();
      assertEquals("the WebSocket was closed inside a message", failed.get(30, TimeUnit.SECONDS));
    }
  }
}
