package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.Timeout;
import dev.edge4j.server.limits.Concurrency;
import dev.edge4j.testing.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A time-out gives the client its answer, while the server's bounds still count what goes on behind it. */
@org.junit.jupiter.api.Timeout(120)
class TimeoutsKeepTheServerBoundedTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final VirtualClock time = new VirtualClock();
  private final App app = new App().time(time);
  private final Semaphore inside = new Semaphore(0);
  private final Semaphore ends = new Semaphore(0);
  private final Semaphore held = new Semaphore(0);
  private final CountDownLatch letGo = new CountDownLatch(1);
  @SuppressWarnings("NullAway.Init") // set by start, which every test calls first
  private Server server;

  private void start() {
    app.get("/quick", c -> c.text("quick"));
    app.get("/hold", c -> {
      held.release();
      letGo.await();
      return c.text("held");
    });
    server = Server.start(app, ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withConcurrency(Concurrency.defaults().withMaxConcurrent(4).withQueue(0, Duration.ZERO)));
  }

  @AfterEach
  void stop() {
    ends.release(10_000);
    letGo.countDown();
    server.close();
  }

  private Response stuck(Context c) throws InterruptedException {
    inside.release();
    ends.acquire();
    return c.text("late");
  }

  private void timeOut(RawClient client, String target) throws Exception {
    client.get(target);
    inside.acquire();
    time.advance(SECOND);
    assertEquals(504, client.reply().status());
  }

  /** Four handlers may run at once, and no fifth. */
  private void assertFourPlacesAreFree() throws Exception {
    for (int i = 0; i < 4; i++) {
      Thread.ofVirtual().start(() -> {
        try (var client = new RawClient(server)) {
          assertEquals(200, client.get("/hold").reply().status());
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      });
    }
    assertTrue(held.tryAcquire(4, 30, TimeUnit.SECONDS), "four places are free");
    try (var fifth = new RawClient(server)) {
      assertEquals(503, fifth.get("/quick").reply().status(), "and no fifth");
    }
  }

  @Test
  void whatWasLeftKeepsItsPlaceUntilItEnds() throws Exception {
    app.with(Timeout.after(SECOND)).get("/stuck", this::stuck);
    start();
    try (var client = new RawClient(server)) {
      for (int i = 0; i < 4; i++) {
        timeOut(client, "/stuck");
      }
      assertEquals(503, client.get("/quick").reply().status(), "four still run");
      ends.release(4);
      assertTrue(app.drain(PATIENCE));
      assertFourPlacesAreFree();
    }
  }

  @Test
  void aThousandTimeoutsLeakNoPlace() throws Exception {
    app.with(Timeout.after(SECOND)).get("/stuck", this::stuck);
    start();
    try (var client = new RawClient(server)) {
      for (int i = 0; i < 1_000; i++) {
        timeOut(client, "/stuck");
        ends.release();
        assertTrue(app.drain(PATIENCE));
      }
    }
    assertFourPlacesAreFree();
  }

  /** Such a request takes its place only behind its gates, so that place is the application's to give back. */
  @Test
  void timeoutsBehindAGateThatWaitedLeakNoPlaceEither() throws Exception {
    app.use("/stuck", new Gate() {
      @Override
      public Verdict before(Context c) {
        return Verdict.offload();
      }

      @Override
      public Response handle(Context c, Next next) throws Exception {
        return next.proceed();
      }
    });
    app.with(Timeout.after(SECOND)).get("/stuck", this::stuck);
    start();
    try (var client = new RawClient(server)) {
      for (int i = 0; i < 4; i++) {
        timeOut(client, "/stuck");
      }
      assertEquals(503, client.get("/quick").reply().status(), "four still run");
      ends.release(4);
      assertTrue(app.drain(PATIENCE));
      for (int i = 0; i < 100; i++) {
        timeOut(client, "/stuck");
        ends.release();
        assertTrue(app.drain(PATIENCE));
      }
    }
    assertFourPlacesAreFree();
  }

  @Test
  void aStopWaitsForWhatWasLeft() throws Exception {
    var closed = new AtomicBoolean();
    app.with(Timeout.after(SECOND)).get("/stuck", this::stuck);
    start();
    server.closing(() -> closed.set(true));
    try (var client = new RawClient(server)) {
      timeOut(client, "/stuck");
    }
    Thread stopping = Thread.ofVirtual().start(server::close);
    assertFalse(stopping.join(Duration.ofMillis(300)), "stopped while a handler ran");
    assertFalse(closed.get());
    ends.release();
    stopping.join();
    assertTrue(closed.get());
  }

  /** The next request of the connection must not lose a byte to a reader that is late. */
  @Test
  void aBodyThatIsStillBeingReadEndsWithItsAnswer() throws Exception {
    var failure = new CompletableFuture<Exception>();
    app.with(Timeout.after(SECOND)).post("/stuck", c -> {
      inside.release();
      try {
        return c.text(c.bodyText());
      } catch (Exception e) {
        failure.complete(e);
        throw e;
      }
    });
    app.post("/echo", c -> c.text(c.bodyText()));
    start();
    try (var client = new RawClient(server)) {
      client.send("POST /stuck HTTP/1.1\r\nHost: t\r\nContent-Length: 8\r\n\r\nhalf");
      inside.acquire();
      time.advance(SECOND);
      assertEquals(504, client.reply().status());
      assertTrue(String.valueOf(failure.get(30, TimeUnit.SECONDS).getMessage()).contains("answered"));
      client.send("half");
      for (int i = 0; i < 3; i++) {
        client.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nwhole");
        assertEquals("whole", client.reply().body());
      }
    }
  }

  @Test
  void aStreamThatHasBegunIsNotCut() throws Exception {
    app.with(Timeout.after(SECOND)).get("/stream", _ -> Response.of(200).withBody(new Body.Stream(out -> {
      inside.release();
      ends.acquireUninterruptibly();
      out.write("all of it".getBytes(StandardCharsets.UTF_8));
    })));
    start();
    try (var client = new RawClient(server)) {
      client.get("/stream");
      inside.acquire();
      time.advance(SECOND.multipliedBy(100));
      ends.release();
      assertEquals("all of it", client.reply().body());
    }
  }
}
