package dev.edge4j.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.HttpError;
import dev.edge4j.TimeSource;
import dev.edge4j.client.OriginsOfHttp2AreReadStrictlyTest.Peer;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.support.Aside;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges share connections, one after another or side by side: what becomes of one is nothing to the others. */
@Timeout(30)
@Aside
class ExchangesDoNotDisturbEachOtherTest {
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final String OK = "88";

  private final OriginOptions http2 = OriginOptions.defaults().withProtocol(OriginProtocol.HTTP_2).withRetries(0);

  /** A body that ends when it is told to. */
  private static final class Held extends InputStream implements RequestBody {
    private final CountDownLatch ends = new CountDownLatch(1);
    private final CompletableFuture<Thread> reader = new CompletableFuture<>();
    private final Headers trailers;

    Held(Headers trailers) {
      this.trailers = trailers;
    }

    @Override
    public int read() throws IOException {
      reader.complete(Thread.currentThread());
      try {
        ends.await();
      } catch (InterruptedException e) {
        throw (IOException) new InterruptedIOException().initCause(e);
      }
      return -1;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      return read();
    }

    @Override
    public InputStream stream() {
      return this;
    }

    @Override
    public boolean isReady(int bytes) {
      return false;
    }

    @Override
    public Headers trailers() {
      return trailers;
    }

    /** Until somebody waits for it; an origin that answers before is not sent any of it. */
    void awaitReader() throws Exception {
      Thread _ = reader.get(10, TimeUnit.SECONDS);
    }

    void end() throws Exception {
      ends.countDown();
      reader.get(10, TimeUnit.SECONDS).join();
    }
  }

  /** A body without end. */
  private static final class Endless extends InputStream implements RequestBody {
    private final CompletableFuture<Thread> reader = new CompletableFuture<>();
    private final AtomicLong reads = new AtomicLong();

    @Override
    public int read() {
      return 'x';
    }

    @Override
    public int read(byte[] target, int from, int count) {
      reader.complete(Thread.currentThread());
      reads.incrementAndGet();
      return count;
    }

    @Override
    public InputStream stream() {
      return this;
    }

    @Override
    public boolean isReady(int bytes) {
      return false;
    }

    /** Until nobody takes any more of it. */
    void awaitStuck() throws Exception {
      Thread thread = reader.get(10, TimeUnit.SECONDS);
      long before = -1;
      for (int same = 0; same < 100; same++) {
        long now = reads.get();
        if (now != before || thread.getState() != Thread.State.WAITING) {
          same = 0;
        }
        before = now;
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }

  @Test
  void whoIsInterruptedEndsItsOwn() throws Exception {
    var both = new CountDownLatch(1);
    try (var origin = new ScriptedOrigin(dialog -> {
      Peer peer = Peer.greet(dialog);
      int first = peer.request();
      int second = peer.request();
      both.countDown();
      int reset = peer.awaited(RST_STREAM);
      peer.answer(reset == first ? second : first).dialog().awaitEnd();
    }); var client = OriginClient.to(origin.url(), http2)) {
      var interrupted = new FutureTask<>(() -> client.send(Request.get("/1")));
      var other = new FutureTask<>(() -> client.send(Request.get("/2")).text(9));
      Thread thread = Thread.ofVirtual().start(interrupted);
      Thread.ofVirtual().start(other);
      assertTrue(both.await(10, TimeUnit.SECONDS));
      while (thread.getState() != Thread.State.TIMED_WAITING) { // it waits, and does not write
        Thread.onSpinWait();
      }
      thread.interrupt();
      ExecutionException e = assertThrows(ExecutionException.class, () -> interrupted.get(10, TimeUnit.SECONDS));
      assertInstanceOf(InterruptedIOException.class, e.getCause());
      assertEquals("ok", other.get(10, TimeUnit.SECONDS));
      assertEquals(1, origin.connections());
    }
  }

  @Test
  void whoComesInterruptedEndsItsOwn() throws Exception {
    var asked = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    try (var origin = new ScriptedOrigin(dialog -> {
      Peer peer = Peer.greet(dialog);
      int first = peer.request();
      asked.countDown();
      assertTrue(over.await(10, TimeUnit.SECONDS));
      peer.answer(first).dialog().awaitEnd();
    }); var client = OriginClient.to(origin.url(), http2)) {
      var other = new FutureTask<>(() -> client.send(Request.get("/1")).text(9));
      Thread.ofVirtual().start(other);
      assertTrue(asked.await(10, TimeUnit.SECONDS));
      var interrupted = new FutureTask<>(() -> {
        Thread.currentThread().interrupt();
        return client.send(Request.get("/2"));
      });
      Thread.ofVirtual().start(interrupted);
      ExecutionException e = assertThrows(ExecutionException.class, () -> interrupted.get(10, TimeUnit.SECONDS));
      assertInstanceOf(InterruptedIOException.class, e.getCause());
      over.countDown();
      assertEquals("ok", other.get(10, TimeUnit.SECONDS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Digest"})
  void nothingIsSentOnAStreamThatHasEnded(String trailer) throws Exception {
    var seen = new CompletableFuture<String>();
    var reset = new CountDownLatch(1);
    var body = new Held(trailer.isEmpty() ? Headers.empty() : Headers.of(trailer, "7"));
    try (var origin = new ScriptedOrigin(dialog -> {
      Peer peer = Peer.greet(dialog);
      int stream = peer.request();
      body.awaitReader();
      peer.answer(stream);
      peer.awaited(RST_STREAM);
      reset.countDown();
      seen.complete(nextOf(peer.dialog()));
      peer.answer(3).dialog().awaitEnd();
    }); var client = OriginClient.to(origin.url(), http2)) {
      assertEquals("ok", client.send(Request.post("/").withBody(body)).text(9));
      assertTrue(reset.await(10, TimeUnit.SECONDS));
      body.end();
      assertEquals("ok", client.send(Request.get("/")).text(9));
      assertEquals("type 1 on stream 3", seen.get(10, TimeUnit.SECONDS));
    }
  }

  private static String nextOf(ScriptedOrigin.Dialog dialog) throws IOException {
    while (true) {
      byte[] header = dialog.read(9).getBytes(ISO_8859_1);
      dialog.read((header[1] & 0xff) << 8 | (header[2] & 0xff));
      if (header[3] != WINDOW_UPDATE) {
        return "type " + header[3] + " on stream " + header[8];
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "00 00 6f6b", // a body before its head
      "01 05 -", // a head without a status
      "01 05 8888", // two
      "01 05 0003666f6f016288", // a status behind a field
      "01 05 880003466f6f0162", // upper case
      "01 05 88000a636f6e6e656374696f6e05636c6f7365", // connection: close
      "01 05 0803313031", // 101
      "01 05 0803322030", // no number
      "01 04 880f0d0133|00 01 6f6b", // shorter than its length
      "01 04 880f0d0131|00 01 6f6b" // longer
  })
  void whatIsMalformedEndsItsOwnStream(String frames) throws Exception {
    try (var origin = new ScriptedOrigin(dialog -> {
      Peer peer = Peer.greet(dialog);
      int stream = peer.request();
      for (String frame : frames.split("\\|", -1)) {
        String[] parts = frame.split(" ", -1);
        peer.send(Integer.parseInt(parts[0], 16), Integer.parseInt(parts[1], 16), stream, parts[2].equals("-") ? ""
            : parts[2]);
      }
      assertEquals(stream, peer.awaited(RST_STREAM));
      peer.answerNext().dialog().awaitEnd();
    }); var client = OriginClient.to(origin.url(), http2)) {
      OriginException e = assertThrows(OriginException.class, () -> client.send(Request.get("/")).bytes(100));
      assertEquals(OriginException.Kind.PROTOCOL, e.kind());
      assertEquals("ok", client.send(Request.get("/")).text(9));
      assertEquals(1, origin.connections());
    }
  }

  @Test
  void aHeadThatIsTooLargeEndsItsOwnStream() throws Exception {
    try (var origin = new ScriptedOrigin(dialog -> {
      Peer peer = Peer.greet(dialog);
      int stream = peer.request();
      peer.send(HEADERS, END_HEADERS | END_STREAM, stream, OK + "000161" + "7fb108" + "62".repeat(1200));
      assertEquals(stream, peer.awaited(RST_STREAM));
      peer.answerNext().dialog().awaitEnd();
    }); var client = OriginClient.to(origin.url(), http2.withMaxHeadBytes(1024))) {
      OriginException e = assertThrows(OriginException.class, () -> client.send(Request.get("/")));
      assertEquals(OriginException.Kind.PROTOCOL, e.kind());
      assertEquals("ok", client.send(Request.get("/")).text(9));
    }
  }

  @Test
  void toAbortWhatIsOverEndsNothing() throws Exception {
    var aborted = new CountDownLatch(1);
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      dialog.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      dialog.head();
      dialog.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
      assertTrue(aborted.await(10, TimeUnit.SECONDS));
      dialog.say("k").awaitEnd();
    }); var client = OriginClient.to(origin.url())) {
      OriginResponse first = client.send(Request.get("/"));
      assertEquals("ok", first.text(9));
      OriginResponse second = client.send(Request.get("/"));
      first.abort();
      aborted.countDown();
      assertEquals("ok", second.text(9));
      assertEquals(1, origin.connections());
    }
  }

  @Test
  void whatFailsGivesItsPlaceBack() throws Exception {
    OriginOptions one = OriginOptions.defaults().withRetries(0).withMaxConnections(1);
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      dialog.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
    }, dialog -> {
      dialog.head();
      dialog.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").awaitEnd();
    }); var client = OriginClient.to(origin.url(), one)) {
      HttpError broken = assertThrows(HttpError.class, () -> client.forward(Request.get("/")));
      assertEquals(502, broken.status());
      assertEquals("ok", client.send(Request.get("/")).text(9));
      OriginCall failing = OriginCall.plain()
          .withCancellation(_ -> {
            throw new IllegalStateException("too late");
          });
      assertThrows(IllegalStateException.class, () -> client.send(Request.get("/"), failing));
      assertEquals("ok", client.send(Request.get("/")).text(9));
    }
  }

  @Test
  @SuppressWarnings("try") // it is closed while somebody waits
  void whoWaitsWhileTheClientClosesOpensNothing() throws Exception {
    try (var origin = new ScriptedOrigin(dialog -> {
      Peer peer = Peer.greet(dialog);
      peer.send(4, 0, 0, "000300000001"); // one stream at a time
      peer.send(HEADERS, END_HEADERS, peer.request(), OK).dialog().awaitEnd();
    }, dialog -> Peer.greet(dialog).answerNext().dialog().awaitEnd());
        var client = OriginClient.to(origin.url(), http2.withTimeouts(OriginOptions.Timeouts.defaults()
            .withConnect(Duration.ofSeconds(20))))) {
      OriginResponse first = client.send(Request.get("/1"));
      var second = new FutureTask<>(() -> client.send(Request.get("/2")).text(9));
      Thread thread = Thread.ofVirtual().start(second);
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      client.close();
      ExecutionException e = assertThrows(ExecutionException.class, () -> second.get(10, TimeUnit.SECONDS));
      assertEquals(OriginException.Kind.BUSY, assertInstanceOf(OriginException.class, e.getCause()).kind());
      assertEquals(1, origin.connections());
      first.close();
    }
  }

  @Test
  void aLargeHeadIsFollowedByItsBody() throws Exception {
    var seen = new CompletableFuture<String>();
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      seen.complete(dialog.read(5));
      dialog.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").awaitEnd();
    }); var client = OriginClient.to(origin.url())) {
      var body = new Held(Headers.empty());
      var sent = new FutureTask<>(() -> client.send(Request.post("/")
          .withHeader("X-Large", "x".repeat(70_000))
          .withBody(body)).text(9));
      Thread.ofVirtual().start(sent);
      body.end();
      assertEquals("0\r\n\r\n", seen.get(10, TimeUnit.SECONDS));
      assertEquals("ok", sent.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void whoCancelsDoesNotWaitForTheConnection() throws Exception {
    var cancel = new CompletableFuture<Runnable>();
    var full = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    try (var origin = new ScriptedOrigin(dialog -> {
      Peer peer = Peer.greet(dialog);
      peer.send(WINDOW_UPDATE, 0, peer.request(), "70000000").send(WINDOW_UPDATE, 0, 0, "70000000");
      full.countDown();
      assertTrue(over.await(20, TimeUnit.SECONDS)); // and reads nothing
    }); var client = OriginClient.to(origin.url(), http2)) {
      var body = new Endless();
      var sent = new FutureTask<>(() -> client.send(Request.post("/").withBody(body), OriginCall.plain()
          .withCancellation(cancel::complete)));
      Thread.ofVirtual().start(sent);
      assertTrue(full.await(10, TimeUnit.SECONDS));
      body.awaitStuck();
      OriginCall brief = OriginCall.plain().withDeadline(Deadline.in(Duration.ofMillis(200), TimeSource.system()));
      var late = new FutureTask<>(() -> client.send(Request.get("/"), brief));
      Thread.ofVirtual().start(late);
      ExecutionException noTurn = assertThrows(ExecutionException.class, () -> late.get(10, TimeUnit.SECONDS));
      assertInstanceOf(OriginException.class, noTurn.getCause());
      Thread cancels = Thread.ofVirtual().start(cancel.get(10, TimeUnit.SECONDS));
      assertTrue(cancels.join(Duration.ofSeconds(5)));
      ExecutionException e = assertThrows(ExecutionException.class, () -> sent.get(10, TimeUnit.SECONDS));
      assertInstanceOf(InterruptedIOException.class, e.getCause());
      over.countDown();
    }
  }

  @Test
  void noOriginSpeaksHttp2BehindAnUpgradeThatNobodyHereReads() throws Exception {
    var head = new CompletableFuture<String>();
    try (var origin = new ScriptedOrigin(dialog -> {
      head.complete(dialog.head());
      dialog.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").awaitEnd();
    }); var client = OriginClient.to(origin.url())) {
      Request request = Request.get("/")
          .withHeader("Connection", "Upgrade, HTTP2-Settings")
          .withHeader("Upgrade", "h2c, HTTP/2.0")
          .withHeader("HTTP2-Settings", "AAMAAABkAAQAAP__");
      assertEquals("ok", client.send(request, OriginCall.plain().upgrading()).text(9));
      assertEquals(-1, head.get(10, TimeUnit.SECONDS).toLowerCase(Locale.ROOT).indexOf("upgrade"));
    }
  }

  @Test
  void hintsFrameNothing() throws Exception {
    List<Headers> hints = new ArrayList<>();
    try (var origin = ScriptedOrigin.answering("HTTP/1.1 103 Early Hints\r\nContent-Length: 9\r\nLink: </a>\r\n\r\n"
        + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"); var client = OriginClient.to(origin.url())) {
      assertEquals("ok", client.send(Request.get("/"), OriginCall.plain().withOnEarlyHints(hints::add)).text(9));
      assertEquals("[Link: </a>\n]", hints.toString());
    }
  }
}
