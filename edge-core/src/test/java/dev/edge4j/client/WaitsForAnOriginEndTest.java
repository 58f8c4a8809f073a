package dev.edge4j.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.support.Aside;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody waits for an origin without end, whatever it does not do. */
@Aside
@Timeout(20)
class WaitsForAnOriginEndTest {
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofSeconds(15);

  private final OriginOptions options = OriginOptions.defaults()
      .withRetries(0)
      .withTimeouts(new OriginOptions.Timeouts(LONG, LONG, LONG, LONG, LONG));

  private OriginOptions.Timeouts timeouts() {
    return options.timeouts();
  }

  private static OriginException.Kind failure(OriginClient client) {
    return assertThrows(OriginException.class, () -> client.send(Request.get("/")).bytes(1000)).kind();
  }

  @Test
  void forAHead() throws IOException {
    try (var origin = new ScriptedOrigin(ScriptedOrigin.Dialog::awaitEnd);
        var client = OriginClient.to(origin.url(), options.withTimeouts(timeouts().withHead(SHORT)))) {
      assertEquals(OriginException.Kind.TIMEOUT, failure(client));
    }
  }

  @Test
  void butNotWhileARequestIsOnItsWay() throws IOException {
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      dialog.read(20);
      dialog.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").awaitEnd();
    }); var client = OriginClient.to(origin.url(), options.withTimeouts(timeouts().withHead(SHORT.multipliedBy(4))))) {
      Request slow = Request.post("/").withHeader("Content-Length", "20").withBody(new RequestBody() {
        @Override
        public InputStream stream() {
          return new InputStream() {
            private int left = 20;

            @Override
            public int read() {
              throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int from, int count) {
              LockSupport.parkNanos(SHORT.toNanos());
              return left-- > 0 ? 1 : -1;
            }
          };
        }

        @Override
        public boolean isReady(int bytes) {
          return false;
        }
      });
      assertEquals("ok", client.send(slow.withHeader("Expect", "100-continue")).text(9));
    }
  }

  @Test
  void forAHeadThatDrips() throws IOException {
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      for (int i = 0; i < 1000; i++) {
        dialog.say(i == 0 ? "HTTP/1.1 200 OK\r\nA: " : "x");
        Thread.sleep(20);
      }
    }); var client = OriginClient.to(origin.url(), options.withTimeouts(timeouts().withHead(SHORT)))) {
      assertEquals(OriginException.Kind.TIMEOUT, failure(client));
    }
  }

  @Test
  void forABody() throws IOException {
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      dialog.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab").awaitEnd();
    }); var client = OriginClient.to(origin.url(), options.withTimeouts(timeouts().withBody(SHORT)))) {
      assertEquals(OriginException.Kind.TIMEOUT, failure(client));
    }
  }

  @Test
  void untilTheDeadlineAtMost() throws IOException {
    try (var origin = new ScriptedOrigin(ScriptedOrigin.Dialog::awaitEnd);
        var client = OriginClient.to(origin.url(), options)) {
      OriginCall call = OriginCall.plain().withDeadline(Deadline.in(SHORT, TimeSource.system()));
      OriginException e = assertThrows(OriginException.class, () -> client.send(Request.get("/"), call));
      assertEquals(OriginException.Kind.TIMEOUT, e.kind());
    }
  }

  @Test
  void forAConnection() throws IOException {
    // a queue of one that nobody empties: further connects are not answered
    try (var full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      List<Socket> waiting = new ArrayList<>();
      try {
        for (int i = 0; i < 4; i++) {
          var socket = new Socket();
          waiting.add(socket);
          try {
            socket.connect(full.getLocalSocketAddress(), 200);
          } catch (IOException _) {
            break;
          }
        }
        try (var client = OriginClient.to("http://127.0.0.1:" + full.getLocalPort(), options.withTimeouts(timeouts()
            .withConnect(SHORT)
            .withHead(SHORT)))) {
          assertEquals(OriginException.Kind.TIMEOUT, failure(client));
        }
      } finally {
        for (Socket socket : waiting) {
          socket.close();
        }
      }
    }
  }

  @Test
  void forAFreeConnection() throws IOException {
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      dialog.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab").awaitEnd();
    });
        var client = OriginClient.to(origin.url(), options.withMaxConnections(2)
            .withTimeouts(timeouts().withConnect(SHORT)))) {
      OriginResponse one = client.send(Request.get("/"));
      OriginResponse two = client.send(Request.get("/"));
      assertEquals(OriginException.Kind.BUSY, failure(client));
      one.close();
      client.send(Request.get("/")).abort();
      two.close();
      client.send(Request.get("/")).close();
      client.send(Request.get("/")).close();
    }
  }

  @Test
  void toTakeABody() throws IOException {
    var over = new CountDownLatch(1);
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      over.await(); // and reads nothing
    }); var client = OriginClient.to(origin.url(), options.withTimeouts(timeouts().withHead(SHORT)))) {
      Request endless = Request.post("/").withBody(new RequestBody() {
        @Override
        public InputStream stream() {
          return new InputStream() {
            @Override
            public int read() {
              return 'x';
            }

            @Override
            public int read(byte[] target, int from, int count) {
              return count;
            }
          };
        }

        @Override
        public boolean isReady(int bytes) {
          return false;
        }
      });
      OriginException e = assertThrows(OriginException.class, () -> client.send(endless));
      assertEquals(OriginException.Kind.TIMEOUT, e.kind());
      over.countDown();
    }
  }

  @Test
  void ifItIsInterrupted() throws Exception {
    var asked = new CountDownLatch(1);
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      asked.countDown();
      dialog.awaitEnd();
    }); var client = OriginClient.to(origin.url(), options)) {
      var failed = new CompletableFuture<Throwable>();
      Thread asking = Thread.ofVirtual().start(() -> {
        try {
          client.send(Request.get("/")).close();
        } catch (Throwable e) {
          failed.complete(e);
        }
      });
      asked.await();
      asking.interrupt();
      assertTrue(failed.get() instanceof InterruptedIOException, () -> String.valueOf(failed.join()));
    }
  }

  @Test
  void anEarlyAnswerEndsAnUpload() throws IOException {
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      dialog.say("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig").awaitEnd();
    }); var client = OriginClient.to(origin.url(), options)) {
      Request request = Request.post("/").withBody("text/plain", new byte[20_000_000]);
      try (OriginResponse response = client.send(request)) {
        assertEquals(413, response.status());
        assertEquals("big", response.text(9));
      }
    }
  }

  @Test
  void aBodyIsSentOnceItIsWanted() throws Exception {
    var seen = new AtomicReference<>("");
    try (var origin = new ScriptedOrigin(dialog -> {
      assertTrue(dialog.head().contains("Expect: 100-continue\r\n"));
      dialog.say("HTTP/1.1 100 Continue\r\n\r\n");
      seen.set(dialog.read(3));
      dialog.say("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok").awaitEnd();
    }, dialog -> {
      dialog.head();
      dialog.say("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno").awaitEnd();
    }, dialog -> {
      dialog.head();
      seen.set(dialog.read(3));
      dialog.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").awaitEnd();
    }); var client = OriginClient.to(origin.url(), options)) {
      assertEquals("ok", client.send(expecting("abc")).text(9));
      assertEquals("abc", seen.getAndSet(""));
      assertEquals("no", client.send(expecting("abc")).text(9));
      assertEquals("ok", client.send(expecting("def")).text(9)); // says nothing: it is sent after a second
      assertEquals("def", seen.get());
      assertEquals(3, origin.connections());
    }
  }

  private static Request expecting(String body) {
    Request plain = Request.post("/")
        .withHeader("Expect", "100-continue")
        .withHeader("Content-Length", String.valueOf(body.length()));
    return plain.withBody(new RequestBody() {
      private final InputStream in = new ByteArrayInputStream(body.getBytes(UTF_8));

      @Override
      public InputStream stream() {
        return in;
      }

      @Override
      public boolean isReady(int bytes) {
        return false;
      }
    });
  }
}
