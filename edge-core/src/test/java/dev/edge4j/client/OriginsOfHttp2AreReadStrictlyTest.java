package dev.edge4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.http.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of an origin are read by the rules of RFC 9113, and what it has not come to is told from what it may have done. */
@Timeout(30)
class OriginsOfHttp2AreReadStrictlyTest {
  /** {@code :status: 200}, of the static table (RFC 7541 appendix A). */
  private static final String OK = "88";

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private final OriginOptions options = OriginOptions.defaults().withProtocol(OriginProtocol.HTTP_2).withRetries(0);

  /** The origin's side of one connection. */
  record Peer(ScriptedOrigin.Dialog dialog) {
    static Peer greet(ScriptedOrigin.Dialog dialog) throws IOException {
      assertEquals("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", dialog.read(24));
      var peer = new Peer(dialog);
      peer.send(SETTINGS, 0, 0, "");
      return peer;
    }

    /** Reads up to the next request, and returns its stream. */
    int request() throws IOException {
      return awaited(HEADERS);
    }

    int awaited(int wanted) throws IOException {
      while (true) {
        byte[] header = dialog.read(9).getBytes(StandardCharsets.ISO_8859_1);
        if (header.length < 9) {
          return -1;
        }
        int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
        dialog.read(length);
        if (header[3] == wanted) {
          return (header[5] & 0xff) << 24 | (header[6] & 0xff) << 16 | (header[7] & 0xff) << 8 | (header[8] & 0xff);
        }
      }
    }

    Peer send(int type, int flags, int stream, String payload) throws IOException {
      byte[] bytes = HexFormat.of().parseHex(payload);
      var frame = new ByteArrayOutputStream();
      frame.write(new byte[]{(byte) (bytes.length >> 16), (byte) (bytes.length >> 8), (byte) bytes.length, (byte) type,
          (byte) flags, 0, 0,
          (byte) (stream >> 8), (byte) stream});
      frame.write(bytes);
      dialog.socket().getOutputStream().write(frame.toByteArray());
      return this;
    }

    Peer answerNext() throws IOException {
      return answer(request());
    }

    Peer answer(int stream) throws IOException {
      return send(HEADERS, END_HEADERS, stream, OK).send(DATA, END_STREAM, stream, "6f6b");
    }
  }

  private String answer(ScriptedOrigin.Script script) throws IOException {
    try (var origin = new ScriptedOrigin(script);
        var client = OriginClient.to(origin.url(), options);
        OriginResponse response = client.send(Request.get("/"))) {
      return response.status() + " " + response.version() + " " + response.text(100_000) + response.trailers();
    }
  }

  private OriginException failure(ScriptedOrigin.Script script) throws IOException {
    try (var origin = new ScriptedOrigin(script); var client = OriginClient.to(origin.url(), options)) {
      return assertThrows(OriginException.class, () -> client.send(Request.get("/")).bytes(100_000));
    }
  }

  @Test
  void framesOfEveryLegalFormAreUnderstood() throws IOException {
    assertEquals("200 2.0 ok", answer(dialog -> Peer.greet(dialog).answerNext().dialog().awaitEnd()));
    assertEquals("200 2.0 ok", answer(dialog -> {
      Peer peer = Peer.greet(dialog);
      int stream = peer.request();
      peer.send(PING, 0, 0, "0102030405060708")
          .send(0xfe, 7, 0, "00")
          .send(2, 0, stream, "0000000000")
          .send(HEADERS, END_HEADERS | 8 | 32, stream, "02" + "0000000010" + OK + "0000") // padded, with a priority
          .send(DATA, 8, stream, "03" + "6f" + "000000")
          .send(DATA, 0, stream, "")
          .send(DATA, END_STREAM, stream, "6b");
      peer.awaited(PING);
      dialog.awaitEnd();
    }));
    assertEquals("200 2.0 okdigest: 7\n", answer(dialog -> {
      Peer peer = Peer.greet(dialog);
      int stream = peer.request();
      peer.send(HEADERS, 0, stream, "")
          .send(9, END_HEADERS, stream, OK)
          .send(DATA, 0, stream, "6f6b")
          .send(HEADERS, END_HEADERS | END_STREAM, stream, "0006" + hex("digest") + "01" + hex("7"))
          .dialog()
          .awaitEnd();
    }));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "01 05 0001 ff", // no compression
      "01 05 0003 88", // a stream that nobody opened
      "01 05 0002 88", // one of the origin's own
      "05 04 0001 0000000288", // a push
      "09 04 0001 88", // a continuation of nothing
      "01 00 0001 88|00 01 0001 6f6b", // a head that is not continued
      "04 00 0000 00", // half a setting
      "04 00 0000 0004ffffffff", // a window beyond its bound
      "06 00 0000 00", // a short ping
      "08 00 0000 00000000", // a window that does not grow
      "08 00 0000 7fffffff", // one beyond its bound
      "03 00 0001 00", // a short reset
      "07 00 0000 00", // a short farewell
      "00 08 0001 05" // padding longer than its frame
  })
  void whatBreaksTheRulesEndsTheConnection(String frames) throws IOException {
    OriginException e = failure(dialog -> {
      Peer peer = Peer.greet(dialog);
      peer.request();
      for (String frame : frames.split("\\|", -1)) {
        String[] parts = frame.split(" ", -1);
        peer.send(Integer.parseInt(parts[0], 16), Integer.parseInt(parts[1], 16), Integer.parseInt(parts[2], 16),
            parts[3].equals("-") ? "" : parts[3]);
      }
      assertEquals(0, peer.awaited(GOAWAY));
    });
    assertEquals(OriginException.Kind.PROTOCOL, e.kind(), e::getMessage);
  }

  @Test
  void aFrameThatIsTooLargeIsNotRead() throws IOException {
    OriginException e = failure(dialog -> {
      Peer peer = Peer.greet(dialog);
      int stream = peer.request();
      peer.send(HEADERS, END_HEADERS, stream, OK)
          .send(DATA, END_STREAM, stream, "00".repeat(16_385))
          .dialog()
          .awaitEnd();
    });
    assertEquals(OriginException.Kind.PROTOCOL, e.kind());
  }

  @Test
  void anOriginThatSendsMoreThanItMayIsCutOff() throws Exception {
    var cut = new CountDownLatch(1);
    try (var origin = new ScriptedOrigin(dialog -> {
      Peer peer = Peer.greet(dialog);
      int stream = peer.request();
      peer.send(HEADERS, END_HEADERS, stream, OK);
      for (int i = 0; i < 17; i++) { // one more than there is room for
        peer.send(DATA, 0, stream, "00".repeat(16_384));
      }
      dialog.awaitEnd();
      cut.countDown();
    }); var client = OriginClient.to(origin.url(), options); OriginResponse response = client.send(Request.get("/"))) {
      assertTrue(cut.await(20, TimeUnit.SECONDS));
      OriginException e = assertThrows(OriginException.class, () -> response.bytes(1_000_000));
      assertEquals(OriginException.Kind.PROTOCOL, e.kind());
    }
  }

  @Test
  void whatItHasRefusedWasNeverExecuted() throws IOException {
    OriginException refused = failure(dialog -> {
      Peer peer = Peer.greet(dialog);
      peer.send(RST_STREAM, 0, peer.request(), "00000007").dialog().awaitEnd();
    });
    assertEquals(OriginException.Kind.REFUSED, refused.kind());
    assertTrue(refused.neverExecuted());
    OriginException broken = failure(dialog -> {
      Peer peer = Peer.greet(dialog);
      peer.send(RST_STREAM, 0, peer.request(), "00000002").dialog().awaitEnd();
    });
    assertEquals(OriginException.Kind.BROKEN, broken.kind());
    assertFalse(broken.neverExecuted());
  }

  @Test
  void whatItWillNotComeToIsAskedOfAnotherConnection() throws IOException {
    List<String> retries = new ArrayList<>();
    try (var origin = new ScriptedOrigin(dialog -> {
      Peer peer = Peer.greet(dialog);
      peer.request();
      peer.send(GOAWAY, 0, 0, "0000000000000000").dialog().awaitEnd();
    }, dialog -> Peer.greet(dialog).answerNext().dialog().awaitEnd());
        var client = OriginClient.to(origin.url(), options.withRetries(1)
            .withOnRetry(retry -> retries.add(retry.cause()
                .kind()
                .name())));
        OriginResponse response = client.send(Request.post("/").withJson("{}"))) {
      assertEquals("ok", response.text(9));
      assertEquals(List.of("REFUSED"), retries);
      assertEquals(2, origin.connections());
    }
  }

  @Test
  void aConnectionThatIsToCloseFinishesWhatItHas() throws Exception {
    var said = new CountDownLatch(1);
    try (var origin = new ScriptedOrigin(dialog -> {
      Peer peer = Peer.greet(dialog);
      int stream = peer.request();
      peer.send(HEADERS, END_HEADERS, stream, OK).send(GOAWAY, 0, 0, "00000001" + "00000000");
      assertTrue(said.await(20, TimeUnit.SECONDS));
      peer.send(DATA, END_STREAM, stream, "6f6b").dialog().awaitEnd();
    }, dialog -> Peer.greet(dialog).answerNext().dialog().awaitEnd());
        var client = OriginClient.to(origin.url(), options);
        OriginResponse first = client.send(Request.get("/"))) {
      while (origin.connections() < 2) { // until the farewell has come, requests go the old way and wait
        try (OriginResponse second = client.send(Request.get("/"), OriginCall.plain()
            .withDeadline(Deadline.in(Duration.ofMillis(
                200), TimeSource.system())))) {
          assertEquals("ok", second.text(9));
        } catch (OriginException late) {
          assertTrue(late.kind() == OriginException.Kind.TIMEOUT || late.kind() == OriginException.Kind.REFUSED);
        }
      }
      said.countDown();
      assertEquals("ok", first.text(9));
    }
  }

  @Test
  void noMoreThanItTakesAtOnce() throws IOException {
    try (var origin = new ScriptedOrigin(dialog -> {
      Peer peer = Peer.greet(dialog);
      peer.send(SETTINGS, 0, 0, "000300000001");
      peer.send(HEADERS, END_HEADERS, peer.request(), OK);
      peer.send(HEADERS, END_HEADERS, peer.request(), OK).dialog().awaitEnd();
    });
        var client = OriginClient.to(origin.url(), options.withTimeouts(options.timeouts()
            .withConnect(Duration.ofMillis(200))));
        OriginResponse first = client.send(Request.get("/"))) {
      assertEquals(OriginException.Kind.BUSY, assertThrows(OriginException.class, () -> client.send(Request.get("/")))
          .kind());
      first.abort();
      assertEquals(200, client.send(Request.get("/")).status());
    }
  }

  @Test
  void aDeadConnectionIsNotKept() throws IOException {
    OriginOptions quick = options.withTimeouts(options.timeouts().withHead(Duration.ofMillis(200)));
    try (var origin = new ScriptedOrigin(dialog -> Peer.greet(dialog).dialog().awaitEnd(),
        dialog -> Peer.greet(dialog).answerNext().dialog().awaitEnd());
        var client = OriginClient.to(origin.url(), quick)) {
      assertEquals(OriginException.Kind.TIMEOUT, assertThrows(OriginException.class, () -> client.send(Request.get(
          "/"))).kind());
      OriginException.Kind second = null;
      try (OriginResponse response = client.send(Request.get("/"))) {
        assertEquals("ok", response.text(9));
      } catch (OriginException e) {
        second = e.kind();
      }
      assertTrue(second == null || second == OriginException.Kind.TIMEOUT);
      if (second != null) {
        assertEquals("ok", client.send(Request.get("/")).text(9));
      }
      assertEquals(2, origin.connections());
    }
  }

  @Test
  void aBodyWaitsForTheWindow() throws Exception {
    try (var origin = new ScriptedOrigin(dialog -> {
      Peer peer = Peer.greet(dialog);
      peer.send(SETTINGS, 0, 0, "000400000005");
      int stream = peer.request();
      int pieces = 0;
      int sent = 0;
      while (sent < 100) {
        byte[] header = dialog.read(9).getBytes(StandardCharsets.ISO_8859_1);
        int length = (header[1] & 0xff) << 8 | (header[2] & 0xff);
        dialog.read(length);
        if (header[3] == DATA) {
          assertTrue(pieces == 0 || length <= 10, () -> "a piece of " + length);
          sent += length;
          pieces++;
          peer.send(WINDOW_UPDATE, 0, stream, "0000000a");
        }
      }
      peer.answer(stream).dialog().awaitEnd();
    }); var client = OriginClient.to(origin.url(), options)) {
      assertEquals("ok", client.send(Request.post("/").withBody("text/plain", new byte[100])).text(9));
      assertEquals(List.of(), origin.failures());
    }
  }
}
