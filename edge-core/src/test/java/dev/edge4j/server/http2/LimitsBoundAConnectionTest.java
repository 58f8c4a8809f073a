package dev.edge4j.server.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.limits.ClientLimits;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.FrameBudgets;
import dev.edge4j.server.limits.Http2Limits;
import dev.edge4j.support.Aside;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much one connection may take at a time and how long it may take for it, each with its count. */
@Aside
class LimitsBoundAConnectionTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(60);

  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger running = new AtomicInteger();
  private Server server = start(options -> options);

  private Server start(UnaryOperator<ServerOptions> change) {
    var app = new App();
    app.get("/", c -> c.text("OK"));
    app.get("/wait", c -> {
      running.incrementAndGet();
      try {
        go.await();
      } finally {
        running.decrementAndGet();
      }
      return c.text("waited");
    });
    app.get("/large", c -> Response.bytes(200, "text/plain", new byte[4_000_000]));
    app.post("/", c -> c.text("" + c.bodyText().length()));
    app.post("/stubborn", c -> {
      try {
        return c.text("" + c.request().body().stream().readAllBytes().length);
      } catch (IOException e) {
        go.await();
        return c.text("late");
      }
    });
    return Server.start(app, change.apply(ServerOptions.port(0).withHost("127.0.0.1")));
  }

  private void restart(UnaryOperator<ServerOptions> change) {
    server.close();
    server = start(change);
  }

  @AfterEach
  void stop() {
    go.countDown();
    server.close();
  }

  private long count(Counter counter) {
    return server.counts().getOrDefault(counter, 0L);
  }

  @Test
  void oneStreamTooManyIsRefused() throws IOException {
    // tag::limits[]
    ServerOptions options = ServerOptions.port(0)
        .withLimits(l -> l.withHttp2(l.http2().withMaxConcurrentStreams(3)));
    // end::limits[]
    restart(_ -> options);
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.get(1, "/wait").get(3, "/wait").get(5, "/wait").get(7, "/");
      assertEquals(ErrorCode.REFUSED_STREAM.code(), client.await(FrameType.RST_STREAM, 7).code());
      assertEquals(1, count(Counter.HTTP2_STREAMS_REFUSED));
      go.countDown();
      assertEquals("waited", client.answer(1).text());
    }
  }

  @Test
  void cancellingDoesNotMultiplyHandlers() throws IOException {
    restart(options -> options.withLimits(l -> l.withHttp2(l.http2().withMaxConcurrentStreams(3))));
    try (Http2Client client = Http2Client.connect(server.port())) {
      int stream = 1;
      for (int i = 0; i < 40; i++, stream += 2) {
        client.get(stream, "/wait").reset(stream, ErrorCode.CANCEL.code());
      }
      client.ping(1).await(FrameType.PING, 0);
      assertTrue(running.get() <= 3, running + " handlers run");
      go.countDown();
      while (running.get() > 0) { // each refusal counts, and too many of them end the connection
        Thread.onSpinWait();
      }
      int last = stream;
      Http2Client.Answer answer = null;
      while (answer == null) { // a place is free once a handler has ended
        client.get(last, "/");
        Http2Client.Received frame = client.next();
        while (frame.stream() != last) {
          frame = client.next();
        }
        if (frame.type() == FrameType.HEADERS) {
          answer = new Http2Client.Answer(200, client.fields(frame), Http2Client.NOTHING);
        }
        last += 2;
      }
      assertEquals("200", answer.headers().get(":status"));
    }
  }

  @Test
  void requestsPerConnectionAreBounded() throws IOException {
    restart(options -> options.withLimits(l -> l.withClients(l.clients().withMaxRequestsPerConnection(2))));
    try (Http2Client client = Http2Client.connect(server.port())) {
      assertEquals("OK", client.get(1, "/").answer(1).text());
      client.get(3, "/wait");
      var goAway = client.await(FrameType.GOAWAY, 0);
      assertEquals(3, goAway.lastStream());
      assertEquals(ErrorCode.NO_ERROR.code(), goAway.code());
      go.countDown();
      assertEquals("waited", client.answer(3).text());
      client.awaitEnd();
      assertEquals(1, count(Counter.REQUESTS_PER_CONNECTION_REACHED));
    }
  }

  @Test
  void whatCameTooLateIsNotSaidToBeTakenLater() throws IOException {
    restart(options -> options.withLimits(l -> l.withClients(l.clients().withMaxRequestsPerConnection(1))));
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.get(1, "/wait");
      assertEquals(1, client.await(FrameType.GOAWAY, 0).lastStream());
      client.get(3, "/").data(9, false, new byte[1]);
      var ended = client.await(FrameType.GOAWAY, 0);
      assertEquals(ErrorCode.PROTOCOL_ERROR.code(), ended.code());
      assertEquals(1, ended.lastStream());
    }
  }

  @Test
  void limitsThatLetNobodyInAreRefused() {
    var http2 = Http2Limits.defaults();
    var budgets = FrameBudgets.defaults();
    assertThrows(IllegalArgumentException.class, () -> http2.withMaxConcurrentStreams(0));
    assertThrows(IllegalArgumentException.class, () -> http2.withMaxContinuations(-1));
    assertThrows(IllegalArgumentException.class, () -> budgets.withResets(1, 0));
    assertThrows(IllegalArgumentException.class, () -> budgets.withPer(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> ClientLimits.defaults().withMaxRequestsPerConnection(0));
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    restart(options -> options.withConnectionTimeouts(SHORT, LONG));
    try (Http2Client client = Http2Client.connect(server.port())) {
      assertEquals("OK", client.get(1, "/").answer(1).text());
      assertEquals(ErrorCode.NO_ERROR.code(), client.endCode());
      assertEquals(1, count(Counter.IDLE_CLOSED));
    }
  }

  @Test
  void aBlockThatTricklesIsCutOff() throws Exception {
    restart(options -> options.withRequestTimeouts(SHORT, LONG));
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.ping(1).await(FrameType.PING, 0);
      client.frame(FrameType.HEADERS, 0, 1, Http2Client.block(":method", "GET"));
      assertEquals(ErrorCode.ENHANCE_YOUR_CALM.code(), client.endCode());
    }
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.ping(1).await(FrameType.PING, 0);
      client.raw(new byte[]{0, 0, 9, FrameType.HEADERS});
      assertEquals(ErrorCode.ENHANCE_YOUR_CALM.code(), client.endCode());
      Thread.sleep(SHORT); // its half stays open, which counts no second time
    }
    try (Http2Client client = Http2Client.silent(server.port())) {
      client.raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
      client.awaitEnd();
    }
    assertEquals(3, count(Counter.HEADS_TIMED_OUT));
  }

  @Test
  void aBodyThatPausesIsAnswered() throws IOException {
    restart(options -> options.withRequestTimeouts(LONG, SHORT));
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.request(1, "POST", "/", false).data(1, false, new byte[3]);
      assertEquals(408, client.answer(1).status());
    }
  }

  @Test
  void aBodyThatTricklesIsCountedOnce() throws Exception {
    restart(options -> options.withRequestTimeouts(LONG, Duration.ofSeconds(1))
        .withLimits(l -> l.withClients(l.clients().withMinBodyBytesPerSecond(1_000_000))));
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.request(1, "POST", "/stubborn", false);
      while (count(Counter.BODIES_TIMED_OUT) == 0) {
        client.data(1, false, new byte[1]);
        Thread.sleep(20); // it is to trickle
      }
      for (int i = 0; i < 50; i++) {
        client.data(1, false, new byte[1]);
      }
      client.ping(1).await(FrameType.PING, 0);
      assertEquals(1, count(Counter.BODIES_TIMED_OUT));
    }
  }

  @Test
  void aBodyTooLargeIsAnswered() throws IOException {
    restart(options -> options.withMaxBodyBytes(10));
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.request(1, "POST", "/", false).data(1, false, new byte[11]);
      assertEquals(413, client.answer(1).status());
    }
  }

  @Test
  void aClientThatTakesNothingOfAStreamLosesIt() throws IOException {
    restart(options -> options.withConnectionTimeouts(LONG, SHORT));
    try (Http2Client client = Http2Client.connect(server.port(), Setting.INITIAL_WINDOW_SIZE, 0)) {
      client.get(1, "/large");
      assertEquals(ErrorCode.CANCEL.code(), client.await(FrameType.RST_STREAM, 1).code());
      assertEquals(1, count(Counter.WRITES_STALLED));
    }
  }

  @Test
  void aClientThatReadsNothingLosesTheConnection() throws Exception {
    restart(options -> options.withConnectionTimeouts(LONG, SHORT));
    int window = 1 << 30;
    try (Http2Client client = Http2Client.connect(server.port(), Setting.INITIAL_WINDOW_SIZE, window)) {
      client.windowUpdate(0, window);
      for (int stream = 1; stream < 20; stream += 2) {
        client.get(stream, "/large");
      }
      while (count(Counter.WRITES_STALLED) == 0) {
        Thread.sleep(5); // until it is counted
      }
      client.awaitEnd();
    }
  }

  @Test
  void aClientThatIsToldMuchAndReadsNothingIsNotReadEither() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port(), Setting.INITIAL_WINDOW_SIZE, 0)) {
      for (int i = 0; i < 199; i++) {
        client.ping(i);
      }
      for (int i = 0; i < 199; i++) {
        assertEquals(FrameType.PING, client.await(FrameType.PING, 0).type());
      }
    }
  }
}
