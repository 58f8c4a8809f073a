package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.InterruptWhenCancelled;
import java.io.ByteArrayOutputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that leaves is noticed, and what it started still comes to its end. */
@Timeout(30)
@Isolated("it reads what is logged")
class ClientsMayLeaveTest {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch noticed = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<Boolean> closedUnderHandler = new CompletableFuture<>();

  private Server start() {
    var app = new App();
    app.get("/", this::untilTheClientLeaves);
    return Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  private Response untilTheClientLeaves(Context c) throws InterruptedException {
    entered.countDown();
    while (!c.cancelled()) {
      Thread.onSpinWait();
    }
    noticed.countDown();
    release.await();
    closedUnderHandler.complete(closed.get());
    return c.text("too late");
  }

  @Test
  void aHandlerSeesThatItsClientHasLeftAndAStopWaitsForIt() throws Exception {
    Server server = start().closing(() -> closed.set(true));
    try (var client = new RawClient(server)) {
      client.get("/");
      entered.await();
    }
    assertTrue(noticed.await(10, TimeUnit.SECONDS));
    Thread stopping = Thread.ofVirtual().start(server::close);
    assertFalse(stopping.join(Duration.ofMillis(300)), "stopped while a handler ran");
    release.countDown();
    stopping.join();
    assertFalse(closedUnderHandler.join());
    assertTrue(closed.get());
  }

  /** Otherwise everyone could fill the log with errors by leaving. */
  @ParameterizedTest
  @ValueSource(strings = {"/waits", "/reads"})
  void aHandlerThatIsInterruptedForItIsNoErrorOfTheServer(String target) throws Exception {
    var app = new App();
    var log = new ByteArrayOutputStream();
    PrintStream stderr = System.err;
    app.use(InterruptWhenCancelled.create());
    app.get("/waits", c -> {
      entered.countDown();
      release.await();
      return c.text("x");
    });
    app.get("/reads", c -> {
      entered.countDown();
      while (!c.cancelled()) {
        Thread.onSpinWait();
      }
      throw new UncheckedIOException(new InterruptedIOException("as a library does that was reading"));
    });
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"))) {
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8)); // what a start has to say is another matter
      try (var client = new RawClient(server)) {
        client.get(target);
        entered.await();
      }
    } finally {
      System.setErr(stderr);
    }
    assertEquals("", log.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aBodyThatBreaksOffIsTheClientsFault() throws Exception {
    var app = new App();
    app.post("/", c -> c.text(c.bodyText()));
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
        var client = new RawClient(server)) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nhalf").closeOutput();
      assertEquals(400, client.reply().status());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void aClientThatClosesItsHalfStillGetsItsAnswer() throws Exception {
    try (Server server = start(); var client = new RawClient(server)) {
      client.get("/").closeOutput();
      release.countDown();
      assertEquals("too late", client.reply().body());
      assertTrue(client.isClosed());
    }
  }
}
