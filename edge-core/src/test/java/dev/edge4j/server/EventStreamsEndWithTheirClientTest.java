package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.EventStream;
import dev.edge4j.http.Body;
import dev.edge4j.middleware.InterruptWhenCancelled;
import dev.edge4j.testing.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** A stream of events ends when its client leaves, when it is closed and when the server stops, and its source learns of it. */
@Timeout(30)
@Isolated("it reads what is logged")
class EventStreamsEndWithTheirClientTest {
  private static Server start(App app) {
    return Server.start(app, ServerOptions.port(0).withHost("127.0.0.1").withDrainTimeout(Duration.ofSeconds(20)));
  }

  @Test
  void aClientThatLeavesEndsTheStream() throws Exception {
    var told = new CompletableFuture<Boolean>();
    var failure = new CompletableFuture<IOException>();
    var app = new App();
    app.get("/", c -> c.sse(events -> {
      events.onEnd(() -> told.complete(c.cancelled()));
      events.send("x");
      events.awaitEnd();
      assertFalse(events.isOpen());
      failure.complete(assertThrows(IOException.class, () -> events.send("y")));
    }));
    try (Server server = start(app)) {
      try (var client = new EventClient(server, "/")) {
        assertEquals("data: x", client.line());
      }
      assertTrue(told.get(10, TimeUnit.SECONDS));
      assertEquals("the client has left", failure.get(10, TimeUnit.SECONDS).getMessage());
    }
  }

  @Test
  void aSourceThatWaitsForSomethingElseCanBeWoken() throws Exception {
    var woken = new CountDownLatch(1);
    var app = new App();
    app.get("/", c -> c.sse(events -> {
      var messages = new LinkedBlockingQueue<String>();
      events.onEnd(() -> messages.add(""));
      for (String message = "hello"; !message.isEmpty(); message = messages.take()) {
        events.send(message);
      }
      woken.countDown();
    }));
    try (Server server = start(app)) {
      try (var client = new EventClient(server, "/")) {
        assertEquals("data: hello", client.line());
      }
      assertTrue(woken.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void aSourceIsInterruptedOnlyWhereItsRouteSaysSo() throws Exception {
    var interrupted = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var app = new App();
    app.with(InterruptWhenCancelled.create()).get("/", c -> c.sse(_ -> {
      try {
        never.await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    }));
    try (Server server = start(app)) {
      new EventClient(server, "/").close();
      assertTrue(interrupted.await(10, TimeUnit.SECONDS));
    }
  }

  /** Otherwise everyone could fill the log with errors by leaving. */
  @Test
  void aClientThatLeavesIsNoErrorOfTheServer() throws Exception {
    var log = new ByteArrayOutputStream();
    PrintStream stderr = System.err;
    var ended = new CountDownLatch(2);
    var app = new App();
    app.get("/sends", c -> c.sse(events -> {
      events.onEnd(ended::countDown);
      while (true) {
        events.send("x".repeat(1_000));
      }
    }));
    app.get("/waits", c -> c.sse(events -> {
      events.onEnd(ended::countDown);
      events.awaitEnd();
      throw new IllegalStateException("what I wait for is gone");
    }));
    Server server = start(app);
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (server) {
      for (String target : new String[]{"/sends", "/waits"}) {
        new EventClient(server, target).close();
      }
      ended.await();
    } finally {
      System.setErr(stderr);
    }
    assertEquals("", log.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aClientThatLeftBeforeTheHeadIsNoErrorEither() {
    var app = new App();
    app.get("/", c -> c.sse(_ -> {
      throw new AssertionError("nobody listens");
    }));
    var stream = (Body.Stream) app.request("/").body();
    assertThrows(IOException.class, () -> stream.writer().writeTo(new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("gone");
      }

      @Override
      public void flush() throws IOException {
        throw new IOException("gone");
      }
    }));
  }

  @Test
  void aStopEndsOpenStreamsAsWholeBodies() throws Exception {
    var app = new App();
    app.get("/", c -> c.sse(EventStream::awaitEnd));
    Server server = start(app);
    try (var client = new EventClient(server, "/")) {
      Thread stopping = Thread.ofVirtual().start(server::close);
      assertTrue(client.isAtEnd());
      assertTrue(stopping.join(Duration.ofSeconds(10)), "waited for the drain time-out");
    }
  }

  @Test
  void closingFromAnotherThreadEndsTheBodyWell() throws Exception {
    var stream = new CompletableFuture<EventStream>();
    var app = new App();
    app.get("/", c -> c.sse(events -> {
      stream.complete(events);
      events.awaitEnd();
      events.send("too late");
    }));
    try (Server server = start(app); var client = new EventClient(server, "/")) {
      stream.join().close();
      assertTrue(client.isAtEnd());
    }
  }

  @Test
  void aSourceThatFailsBreaksTheStreamOff() throws Exception {
    var app = new App();
    app.get("/", c -> c.sse(_ -> {
      throw new InterruptedException("the source is gone");
    }));
    try (Server server = start(app); var client = new EventClient(server, "/")) {
      assertThrows(EOFException.class, client::isAtEnd);
    }
  }

  @Test
  void theAnswerToHeadRunsNoSource() {
    var app = new App();
    app.get("/", c -> c.sse(_ -> {
      throw new AssertionError("asked for the head alone");
    }));
    try (var client = TestClient.overSocket(app)) {
      assertEquals("text/event-stream", client.head("/").header("Content-Type").orElseThrow());
    }
  }
}
