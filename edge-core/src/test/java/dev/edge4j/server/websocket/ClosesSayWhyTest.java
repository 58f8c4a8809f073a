package dev.edge4j.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Message;
import dev.edge4j.WebSocket;
import dev.edge4j.WebSocketClosedException;
import dev.edge4j.WebSocketOptions;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.support.Aside;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever ends a WebSocket, both sides learn how (RFC 6455 section 7). */
@Aside
class ClosesSayWhyTest {
  /** What a handler found at the end. */
  private final CompletableFuture<WebSocket.Close> end = new CompletableFuture<>();

  private void untilTheEnd(WebSocket ws) {
    try {
      while (ws.receive().isPresent()) {
        // What comes does not matter here.
      }
      end.complete(ws.closed().orElseThrow());
    } catch (RuntimeException e) {
      end.completeExceptionally(e);
    }
  }

  private WebSocket.Close end() throws Exception {
    return end.get(30, TimeUnit.SECONDS);
  }

  @Test
  void aHandlerThatReturns() throws Exception {
    try (Talk talk = Talk.with(ws -> ws.send("bye")); RawWebSocket client = talk.client()) {
      assertEquals("bye", client.read().text());
      assertEquals(CloseCode.NORMAL, client.read().closeCode());
      client.close(CloseCode.NORMAL);
      assertTrue(client.isClosed());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aHandlerThatThrows(boolean error) throws Exception {
    try (Talk talk = Talk.with(_ -> {
      if (error) {
        throw new StackOverflowError("expected in this test");
      }
      throw new IllegalStateException("expected in this test");
    }); RawWebSocket client = talk.client()) {
      assertEquals(CloseCode.INTERNAL_ERROR, client.read().closeCode());
      client.close(CloseCode.INTERNAL_ERROR);
      assertTrue(client.isClosed());
    }
  }

  @Test
  void aHandlerThatCloses() throws Exception {
    try (Talk talk = Talk.with(ws -> {
      ws.send("first");
      ws.close(4000, "wäit");
      assertEquals(Optional.empty(), ws.receive());
      ws.close();
      assertThrows(WebSocketClosedException.class, () -> ws.send("late"));
      untilTheEnd(ws);
    }); RawWebSocket client = talk.client()) {
      assertEquals("first", client.read().text());
      RawWebSocket.Frame close = client.read();
      assertEquals(4000, close.closeCode());
      assertEquals("wäit", close.text().substring(2));
      client.text("still sending").close(4000);
      assertTrue(client.isClosed());
      assertEquals(new WebSocket.Close(4000, "wäit"), end());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {999, 1002, 1004, 1005, 1006, 1015, 2000, 5000})
  void codesThatMayNotBeSent(int code) throws Exception {
    var refused = new CompletableFuture<IllegalArgumentException>();
    try (Talk talk = Talk.with(ws -> refused.complete(
        assertThrows(IllegalArgumentException.class, () -> ws.close(code, "")))); RawWebSocket client = talk.client()) {
      assertTrue(String.valueOf(refused.get(30, TimeUnit.SECONDS).getMessage()).contains("" + code));
      assertEquals(CloseCode.NORMAL, client.read().closeCode());
    }
  }

  @Test
  void aPeerThatCloses() throws Exception {
    try (Talk talk = Talk.with(this::untilTheEnd); RawWebSocket client = talk.client()) {
      client.frame(0x88, new byte[]{0x0f, (byte) 0xa1, 'w', 'h', 'y'});
      assertEquals(4001, client.read().closeCode());
      assertTrue(client.isClosed());
      assertEquals(new WebSocket.Close(4001, "why"), end());
    }
  }

  @Test
  void aPeerThatClosesWithoutACode() throws Exception {
    try (Talk talk = Talk.with(this::untilTheEnd); RawWebSocket client = talk.client()) {
      client.frame(0x88, new byte[0]);
      assertEquals(0, client.read().payload().length);
      assertTrue(client.isClosed());
      assertEquals(new WebSocket.Close(CloseCode.NONE, ""), end());
    }
  }

  @Test
  void aPeerThatVanishes() throws Exception {
    var cancelled = new CountDownLatch(1);
    try (Talk talk = Talk.with(ws -> {
      untilTheEnd(ws);
      if (ws.context().cancelled()) {
        cancelled.countDown();
      }
      assertThrows(WebSocketClosedException.class, () -> ws.send("x"));
      throw new IOException("is logged as no error, for the peer is gone");
    })) {
      talk.client().text("x").close();
      assertEquals(new WebSocket.Close(CloseCode.ABNORMAL, ""), end());
      assertTrue(cancelled.await(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void whatAPeerSentBeforeItsCloseIsAnsweredFirst() throws Exception {
    try (Talk talk = Talk.with(ws -> ws.iterator().forEachRemaining(ws::send)); RawWebSocket client = talk.client()) {
      client.text("a").text("b").close(CloseCode.NORMAL);
      assertEquals("a", client.read().text());
      assertEquals("b", client.read().text());
      assertEquals(CloseCode.NORMAL, client.read().closeCode());
    }
  }

  @Test
  void aPeersCloseDoesNotWaitForAHandlerThatNeverReceives() throws Exception {
    var ended = new CountDownLatch(1);
    try (Talk talk = Talk.with(ws -> {
      ws.receive();
      Talk.await("cancelled", ws.context()::cancelled);
      Talk.await("closed", () -> ws.closed().isPresent());
      ended.countDown();
    }); RawWebSocket client = talk.client()) {
      client.text("a").close(4002);
      assertEquals(4002, client.read().closeCode());
      assertTrue(ended.await(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void aServerThatStops() throws Exception {
    Talk talk = Talk.with(this::untilTheEnd);
    try (RawWebSocket client = talk.client()) {
      client.text("here");
      var stopped = CompletableFuture.runAsync(talk::close, Thread::startVirtualThread);
      assertEquals(CloseCode.GOING_AWAY, client.readClose().closeCode());
      client.close(CloseCode.GOING_AWAY);
      assertTrue(client.isClosed());
      stopped.get(30, TimeUnit.SECONDS);
      assertEquals(CloseCode.GOING_AWAY, end().code());
    } finally {
      talk.close();
    }
  }

  @Test
  void malformedFrames() throws Exception {
    try (Talk talk = Talk.with(this::untilTheEnd); RawWebSocket client = talk.client()) {
      client.frame(0x83, new byte[0]);
      assertEquals(CloseCode.PROTOCOL_ERROR, client.read().closeCode());
      assertTrue(client.isClosed());
      assertEquals(CloseCode.PROTOCOL_ERROR, end().code());
      assertEquals(1, talk.count(Counter.WEBSOCKETS_MALFORMED));
    }
  }

  @Test
  void textThatIsNotUtf8FailsAtItsFirstWrongByte() throws Exception {
    try (Talk talk = Talk.with(this::untilTheEnd); RawWebSocket client = talk.client()) {
      client.frame(Opcode.TEXT, "fine ".getBytes(UTF_8)).frame(0, new byte[]{(byte) 0xf4, (byte) 0x90});
      assertEquals(CloseCode.INVALID_DATA, client.read().closeCode()); // and the message has not ended
      assertEquals(CloseCode.INVALID_DATA, end().code());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c080", "eda080", "f8888080", "e28", "c3"})
  void textThatIsNotUtf8(String hex) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "2");
    try (Talk talk = Talk.with(this::untilTheEnd); RawWebSocket client = talk.client()) {
      client.frame(0x81, bytes);
      assertEquals(CloseCode.INVALID_DATA, client.read().closeCode());
    }
  }

  @Test
  void aPeerThatDoesNotAnswerACloseIsCutOff() throws Exception {
    try (Talk talk = Talk.with(l -> l.withCloseWithin(Duration.ofMillis(50)), _ -> {});
        RawWebSocket client = talk.client()) {
      assertEquals(CloseCode.NORMAL, client.read().closeCode());
      assertTrue(client.isClosed());
      assertEquals(1, talk.count(Counter.WEBSOCKET_CLOSES_TIMED_OUT));
    }
  }

  @Test
  void workForLaterRunsOnceItHasEnded() throws Exception {
    var later = new CompletableFuture<Boolean>();
    try (Talk talk = Talk.with(l -> l, WebSocketOptions.defaults(), ws -> {
      ws.context().waitUntil(() -> later.complete(ws.closed().isPresent()));
      Message message = ws.receive().orElseThrow();
      ws.send(later.isDone() ? "too early" : message.toString());
    }); RawWebSocket client = talk.client()) {
      client.text("x");
      assertEquals("Text[text=x]", client.read().text());
      client.close(CloseCode.NORMAL);
      assertTrue(later.get(30, TimeUnit.SECONDS));
    }
  }
}
