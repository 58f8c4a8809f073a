package dev.edge4j.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.BodyTap;
import dev.edge4j.Context;
import dev.edge4j.Exchange;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule 4: who needs the body takes a tap, which gets chunks and then, once, the end of a whole body or an abort. */
class TapsSeeWholeBodiesOrAbortTest {
  private final App app = new App();
  /** What the taps saw: each body with how it ended. */
  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();

  private final class Recording implements BodyTap {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void chunk(ByteBuffer bytes) {
      text.append(StandardCharsets.UTF_8.decode(bytes));
    }

    @Override
    public void end() {
      seen.add(text + " end");
    }

    @Override
    public void abort() {
      seen.add(text + " abort");
    }
  }

  /** Taps in {@code before}. */
  private final Gate tapping = c -> {
    c.tap(new Recording());
    return Verdict.pass();
  };

  private String next() throws InterruptedException {
    String line = seen.poll(10, TimeUnit.SECONDS);
    assertTrue(seen.isEmpty(), "ended twice");
    return String.valueOf(line);
  }

  private static Response stream(Body.Writer writer) {
    return Response.of(200).withBody(new Body.Stream(writer));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void bytesAndNoBodyAreShownAtOnceAndLeaveAsTheyAre() throws InterruptedException {
    app.use(tapping);
    app.get("/", c -> c.text("hello"));
    app.get("/empty", c -> c.empty());
    assertEquals("hello", app.request("/").text());
    assertEquals("hello end", next());
    assertInstanceOf(Body.Empty.class, app.request("/empty").body());
    assertEquals(" end", next());
  }

  @Test
  void aTapOfAnAfterSeesTheSame() throws InterruptedException {
    app.use(new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.answer(c.text("hit"));
      }

      @Override
      public Response after(Context c, Response response) {
        c.tap(new Recording());
        return response;
      }
    });
    app.get("/", c -> c.text("x"));
    assertEquals("hit", app.open(Request.get("/")).fastLane().orElseThrow().text());
    assertEquals("hit end", next());
  }

  @Test
  void aStreamIsShownAsItIsWritten() throws IOException, InterruptedException {
    app.use(tapping);
    app.get("/", _ -> stream(out -> {
      out.write('a');
      out.write(utf8("bc"));
      out.write(utf8("-def-"), 1, 3);
      out.flush();
    }));
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    var stream = (Body.Stream) exchange.slowLane().body();
    assertTrue(seen.isEmpty());
    var out = new ByteArrayOutputStream();
    stream.writer().writeTo(out);
    exchange.sent();
    assertEquals("abcdef", out.toString(StandardCharsets.UTF_8));
    assertEquals("abcdef end", next());
  }

  @Test
  void aStreamThatBreaksOffIsAborted() throws InterruptedException {
    app.use(tapping);
    app.get("/", _ -> stream(out -> {
      out.write('a');
      throw new IOException("gone");
    }));
    var stream = (Body.Stream) app.request("/").body();
    assertThrows(IOException.class, () -> stream.writer().writeTo(new ByteArrayOutputStream()));
    assertEquals("a abort", next());
  }

  /** A {@link PrintWriter} tells nobody that a write failed: its writer ends as if all were well. */
  @Test
  void aStreamWhoseWriterDoesNotNoticeThatTheClientLeftIsAborted() throws IOException, InterruptedException {
    app.use(tapping);
    app.get("/", _ -> stream(out -> {
      var print = new PrintWriter(out, false, StandardCharsets.UTF_8);
      print.print("first ");
      print.flush();
      print.print("second ");
      print.flush();
      print.print("third");
      print.flush();
    }));
    var stream = (Body.Stream) app.request("/").body();
    stream.writer().writeTo(new BrokenOnce());
    assertEquals("first third abort", next());
  }

  /** Loses the second piece. */
  private static final class BrokenOnce extends OutputStream {
    private int pieces;

    @Override
    public void write(int b) throws IOException {
      write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      pieces++;
      if (pieces == 2) {
        throw new IOException("the client has left");
      }
    }
  }

  @Test
  void aBodyThatIsNeverWrittenIsAbortedOnceTheExchangeIsOver() throws InterruptedException {
    app.use(tapping);
    app.get("/", _ -> stream(out -> out.write('a')));
    Exchange exchange = app.open(Request.get("/"));
    assertTrue(exchange.fastLane().isEmpty());
    assertInstanceOf(Body.Stream.class, exchange.slowLane().body());
    exchange.sent();
    assertEquals(" abort", next());
  }

  @Test
  void anAnswerToHeadAndA205And304HaveNoBodyToShow() throws InterruptedException {
    app.use(tapping);
    app.get("/", c -> c.text("hello"));
    app.get("/same", c -> c.text(304, "never sent"));
    app.get("/again", c -> c.text(205, "never sent"));
    assertEquals(200, app.request(Request.of(Method.HEAD, "/")).status());
    assertEquals(" abort", next());
    assertEquals(304, app.request("/same").status());
    assertEquals(" abort", next());
    assertEquals(205, app.request("/again").status());
    assertEquals(" abort", next());
  }

  @Test
  void anotherResponseInItsPlaceAborts() throws InterruptedException {
    app.use(new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.pass();
      }

      @Override
      public Response after(Context c, Response response) {
        throw new IllegalStateException("x");
      }
    });
    app.use(tapping);
    app.get("/", c -> c.text("hello"));
    app.get("/error", _ -> {
      throw new StackOverflowError();
    });
    assertEquals(500, app.request("/").status());
    assertEquals(" abort", next());
    assertThrows(StackOverflowError.class, () -> app.request("/error"));
    assertEquals(" abort", next());
  }

  @Test
  void aTapThatThrowsIsDroppedAndTheResponseGoesOn() throws InterruptedException {
    app.use((Gate) c -> {
      c.tap(new BodyTap() {
        @Override
        public void chunk(ByteBuffer bytes) {
          seen.add("called");
          throw new IllegalStateException("a tap fails");
        }

        @Override
        public void end() {
          seen.add("called after it failed");
        }

        @Override
        public void abort() {
          seen.add("called after it failed");
        }
      });
      return Verdict.pass();
    });
    app.get("/", c -> c.text("hello"));
    assertEquals("hello", app.request("/").text());
    assertEquals("called", next());
  }

  @Test
  void aTapCannotChangeWhatLeaves() throws InterruptedException {
    app.use((Gate) c -> {
      c.tap(new BodyTap() {
        @Override
        public void chunk(ByteBuffer bytes) {
          assertThrows(ReadOnlyBufferException.class, () -> bytes.put(0, (byte) 'X'));
          seen.add("tried");
        }

        @Override
        public void end() {}

        @Override
        public void abort() {}
      });
      return Verdict.pass();
    });
    app.get("/", c -> c.text("hello"));
    assertEquals("hello", app.request("/").text());
    assertEquals("tried", next());
  }

  @Test
  void aMountedApplicationsTapSeesItsOwnResponse() throws InterruptedException {
    var inner = new App();
    inner.use(tapping);
    inner.get("/", c -> c.text("inner"));
    app.use((_, next) -> next.proceed().withBody(new Body.Bytes(utf8("outer"))));
    app.mount("/shop", inner);
    assertEquals("outer", app.request("/shop").text());
    assertEquals("inner end", next());
  }

  @Test
  void aTapThatComesTooLateIsAnError() {
    app.get("/", c -> stream(_ -> c.tap(new Recording())));
    app.use(tapping);
    app.get("/tapped", c -> stream(_ -> c.tap(new Recording())));
    for (String path : List.of("/", "/tapped")) {
      var stream = (Body.Stream) app.request(path).body();
      assertThrows(IllegalStateException.class, () -> stream.writer().writeTo(new ByteArrayOutputStream()), path);
    }
  }

  @Test
  void overASocketWholeBodiesEndAndBrokenOnesAbort(@TempDir Path folder) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("f"), "from a file");
    app.use(tapping);
    app.get("/bytes", c -> c.text("bytes"));
    app.get("/file", _ -> Response.of(200).withBody(new Body.File(file)));
    app.get("/vanished", _ -> Response.of(200).withBody(new Body.File(folder.resolve("vanished"))));
    app.get("/stream", _ -> stream(out -> out.write(utf8("stream"))));
    app.get("/breaks", _ -> stream(out -> {
      out.write('x');
      throw new IOException("in the middle");
    }));
    try (var served = new Served(app)) {
      assertEquals("bytes", served.get("/bytes").body());
      assertEquals("bytes end", next());
      assertEquals("from a file", served.get("/file").body());
      assertEquals("from a file end", next());
      assertEquals(500, served.get("/vanished").status());
      assertEquals(" abort", next());
      assertEquals("stream", served.get("/stream").body());
      assertEquals("stream end", next());
      assertThrows(IOException.class, () -> served.get("/breaks"));
      assertEquals("x abort", next());
      try (RawClient client = served.client()) {
        client.send("HEAD /stream HTTP/1.1\r\nHost: t\r\n\r\n");
        assertEquals(200, client.reply(true).status());
      }
      assertEquals(" abort", next());
    }
  }

  @Test
  void aClientThatLeavesAborts() throws IOException, InterruptedException {
    app.use(tapping);
    app.get("/endless", _ -> stream(out -> {
      var block = new byte[64 * 1024];
      while (true) {
        out.write(block);
      }
    }));
    try (var served = new Served(app)) {
      try (RawClient client = served.client()) {
        client.get("/endless");
        assertTrue(client.some(1_000).length > 0);
      }
      assertTrue(next().endsWith(" abort"));
    }
  }
}
