package dev.edge4j.server.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.support.Aside;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows are the backpressure, both ways (RFC 9113 section 5.2): nothing is sent that the client has no window for, and nothing credited that nobody has read. */
@Aside
class BodiesFlowAsTheyAreReadTest {
  private static final int STREAM_WINDOW = 128 * 1024;
  private static final int FRAME = 16 * 1024;

  @TempDir Path folder;

  private final CountDownLatch mayRead = new CountDownLatch(1);
  private final CompletableFuture<Throwable> writerFailed = new CompletableFuture<>();
  private final byte[] large = new byte[1_000_000];
  private Server server;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(large);
    Path file = Files.write(folder.resolve("large"), large);
    var app = new App();
    app.get("/", c -> c.text("OK"));
    app.get("/large", c -> Response.bytes(200, "application/octet-stream", large));
    app.get("/segments", c -> new Response(200, Headers.empty(), new Body.Segments(List.of(new byte[0], Arrays
        .copyOf(large, 300_001), Arrays.copyOfRange(large, 300_001, large.length)))));
    app.get("/no-segments", c -> new Response(200, Headers.empty(), new Body.Segments(List.of())));
    app.get("/file", c -> new Response(200, Headers.empty(), new Body.File(file)));
    app.get("/stream", c -> new Response(200, Headers.empty(), new Body.Stream(out -> {
      try {
        for (int at = 0; at < large.length; at += 10_000) {
          out.write(large, at, 10_000);
        }
      } catch (IOException e) {
        writerFailed.complete(e);
        throw e;
      }
    })));
    app.post("/echo", c -> Response.bytes(200, "application/octet-stream", c.request().body().stream().readAllBytes()));
    app.post("/late", c -> {
      mayRead.await();
      return c.text("" + c.request().body().stream().readAllBytes().length);
    });
    app.post("/speaks-first", c -> new Response(200, Headers.empty(), new Body.Stream(out -> {
      out.write('a');
      try {
        c.request().body().stream().readAllBytes();
      } catch (SocketTimeoutException e) {
        out.write('b');
      }
    })));
    app.post("/reads-first", c -> new Response(200, Headers.empty(), new Body.Stream(
        out -> out.write(c.request().body().stream().readAllBytes()))));
    app.post("/early", c -> c.text(403, "no"));
    server = Server.start(app, ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withRequestTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(3)));
  }

  @AfterEach
  void stop() {
    mayRead.countDown();
    server.close();
  }

  @Test
  void everyKindOfBodyArrivesWhole() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      assertArrayEquals(large, client.get(1, "/large").answer(1).body());
      assertArrayEquals(large, client.get(3, "/file").answer(3).body());
      assertArrayEquals(large, client.get(5, "/stream").answer(5).body());
      assertArrayEquals(large, client.get(9, "/segments").answer(9).body());
      assertEquals("1000000", client.request(11, "HEAD", "/segments", true).answer(11).headers().get("content-length"));
      assertEquals("0", client.get(13, "/no-segments").answer(13).headers().get("content-length"));
      client.request(15, "POST", "/echo", false);
      for (int at = 0; at < 100_000; at += 10_000) {
        client.data(15, at == 90_000, new byte[10_000]);
      }
      assertEquals(100_000, client.answer(15).body().length);
    }
  }

  @Test
  void noMoreIsSentThanTheWindowsAllow() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port(), Setting.INITIAL_WINDOW_SIZE, 10)) {
      client.get(1, "/large");
      assertEquals(10, client.await(FrameType.DATA, 1).payload().length);
      client.ping(1);
      client.await(FrameType.PING, 0); // nothing came before it
      client.windowUpdate(1, 5);
      assertEquals(5, client.await(FrameType.DATA, 1).payload().length);
      client.settings(Setting.INITIAL_WINDOW_SIZE, 0); // which makes the stream's window negative
      client.windowUpdate(1, 10);
      client.ping(2);
      assertEquals(FrameType.PING, skipSettings(client).type());
      client.windowUpdate(1, 7);
      assertEquals(7, client.await(FrameType.DATA, 1).payload().length);
    }
  }

  private static Http2Client.Received skipSettings(Http2Client client) throws IOException {
    Http2Client.Received frame = client.next();
    return frame.type() == FrameType.SETTINGS ? skipSettings(client) : frame;
  }

  @Test
  void largeBodiesTakeTurns() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port(), Setting.INITIAL_WINDOW_SIZE, 1_000_000)) {
      client.get(1, "/large").get(3, "/large");
      client.await(FrameType.HEADERS, 1);
      client.ping(1).await(FrameType.PING, 0); // by now 65,535 bytes of the first, which is all the connection may have
      client.windowUpdate(0, 8 * FRAME);
      int first = 0;
      for (int i = 0; i < 8; i++) {
        first += client.await(FrameType.DATA, 0).stream() == 1 ? 1 : 0;
      }
      assertTrue(first >= 2 && first <= 6, first + " of 8 frames were of the first stream");
    }
  }

  @Test
  void aBodyThatNobodyReadsIsNotCreditedAndDoesNotStopTheOthers() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.request(1, "POST", "/late", false);
      for (int sent = 0; sent < STREAM_WINDOW; sent += FRAME) {
        client.data(1, false, new byte[FRAME]);
      }
      client.request(3, "POST", "/echo", false).data(3, true, new byte[100]);
      boolean credited = false;
      for (var frame = client.next(); !(frame.stream() == 3 && frame.endsStream()); frame = client.next()) {
        credited |= frame.type() == FrameType.WINDOW_UPDATE && frame.stream() == 1;
      }
      assertFalse(credited);
      mayRead.countDown();
      client.await(FrameType.WINDOW_UPDATE, 1);
      client.data(1, true, Http2Client.NOTHING);
      client.await(FrameType.HEADERS, 1);
    }
  }

  @Test
  void bodiesThatNobodyReadsDoNotStopTheOthersHoweverMuchTheyHold() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      fill(client, 1);
      fill(client, 3);
      echo(client, 5);
      fill(client, 7); // takes of the connection's window all but what the echo has given back
      for (int stream = 9; stream < 20; stream += 2) {
        echo(client, stream);
      }
    }
  }

  private static void fill(Http2Client client, int stream) throws IOException {
    client.request(stream, "POST", "/late", false);
    for (int sent = 0; sent < STREAM_WINDOW; sent += FRAME) {
      client.data(stream, false, new byte[FRAME]);
    }
  }

  private static void echo(Http2Client client, int stream) throws IOException {
    client.request(stream, "POST", "/echo", false);
    for (int sent = 0; sent < 100_000; sent += 10_000) {
      client.data(stream, sent == 90_000, new byte[10_000]);
    }
    assertEquals(100_000, client.answer(stream).body().length);
  }

  @Test
  void moreThanTheWindowCostsTheStream() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.request(1, "POST", "/late", false);
      for (int sent = 0; sent <= STREAM_WINDOW; sent += FRAME) {
        client.data(1, false, new byte[FRAME]);
      }
      assertEquals(ErrorCode.FLOW_CONTROL_ERROR.code(), client.await(FrameType.RST_STREAM, 1).code());
      assertEquals("OK", client.get(3, "/").answer(3).text());
    }
  }

  @Test
  void anEarlyAnswerEndsTheUpload() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.request(1, "POST", "/early", false).data(1, false, new byte[FRAME]);
      assertEquals("no", client.answer(1).text());
      assertEquals(ErrorCode.NO_ERROR.code(), client.await(FrameType.RST_STREAM, 1).code());
      client.data(1, false, new byte[FRAME]); // was under way
      assertEquals("OK", client.get(3, "/").answer(3).text());
    }
  }

  @Test
  void aWriterFailsWhenTheClientCancels() throws Exception {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.get(1, "/stream").await(FrameType.DATA, 1);
      client.reset(1, ErrorCode.CANCEL.code());
      assertTrue(writerFailed.get(20, TimeUnit.SECONDS) instanceof IOException);
    }
  }

  @Test
  void thoseWhoAskForLeaveGetIt() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.request(1, "POST", "/echo", false, "expect", "100-continue");
      assertEquals("100", client.fields(client.await(FrameType.HEADERS, 1)).get(":status"));
      client.data(1, true, new byte[3]);
      assertEquals(3, client.answer(1).body().length);
    }
  }

  @Test
  void leaveComesBeforeTheAnswerOrNotAtAll() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.request(1, "POST", "/reads-first", false, "expect", "100-continue");
      assertEquals("100", client.fields(client.await(FrameType.HEADERS, 1)).get(":status"));
      client.data(1, true, new byte[3]);
      assertEquals(3, client.answer(1).body().length);
      client.request(3, "POST", "/speaks-first", false, "expect", "100-continue");
      assertEquals("200", client.fields(client.await(FrameType.HEADERS, 3)).get(":status"));
      assertEquals("a", new String(client.await(FrameType.DATA, 3).payload(), US_ASCII));
      var next = client.next(); // what follows the time-out of the body, unless leave was given
      assertEquals(FrameType.DATA, next.type());
      assertEquals("b", new String(next.payload(), US_ASCII));
    }
  }
}
