package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.server.limits.Concurrency;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the server does not put up with, and how it stops. */
class ServerLimitsTest {
  private static final ServerOptions OPTIONS = ServerOptions.port(0).withHost("127.0.0.1");

  private final App app = new App();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  @SuppressWarnings("NullAway.Init") // set by start, which every test calls first
  private Server server;

  private Server start(ServerOptions options) {
    app.get("/", c -> c.text("hello"));
    app.post("/echo", c -> c.text(c.bodyText()));
    app.get("/wait", c -> {
      entered.countDown();
      release.await();
      return c.text("waited");
    });
    server = Server.start(app, options);
    return server;
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.close();
  }

  private int statusOf(String request) throws IOException {
    try (var client = new RawClient(server)) {
      int status = client.send(request).reply().status();
      assertTrue(client.isClosed());
      return status;
    }
  }

  @Test
  void headsOverTheLimitsAre431And414() throws IOException {
    start(OPTIONS.withMaxHeadBytes(200, 500));
    assertEquals(431, statusOf("GET / HTTP/1.1\r\nHost: t\r\nX: " + "x".repeat(600) + "\r\n\r\n"));
    assertEquals(414, statusOf("GET /" + "x".repeat(300) + " HTTP/1.1\r\nHost: t\r\n\r\n"));
  }

  @Test
  void malformedRequestsAre400() throws IOException {
    start(OPTIONS);
    assertEquals(400, statusOf("GET / HTTP/1.1\r\n\r\n"));
    assertEquals(400, statusOf("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"));
    assertEquals(400, statusOf("nonsense\r\n\r\n"));
    assertEquals(400, statusOf("GET nowhere HTTP/1.1\r\nHost: t\r\n\r\n"));
  }

  @Test
  void aHeadThatTricklesInIs408AndItsConnectionClosed() throws IOException {
    start(OPTIONS.withRequestTimeouts(Duration.ofMillis(200), Duration.ofSeconds(10)));
    assertEquals(408, statusOf("GET / HTTP/1.1\r\nHost:"));
    try (var client = new RawClient(server)) {
      assertEquals(200, client.get("/").reply().status());
      assertEquals(408, client.send("GET / HT").reply().status());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void aBodyThatStopsIs408() throws IOException {
    start(OPTIONS.withRequestTimeouts(Duration.ofSeconds(10), Duration.ofMillis(200)));
    assertEquals(408, statusOf("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nhalf"));
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    start(OPTIONS.withConnectionTimeouts(Duration.ofMillis(200), Duration.ofSeconds(10)));
    try (var client = new RawClient(server)) {
      assertEquals(200, client.get("/").reply().status());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void pastTheBoundOfHandlersRequestsAreShed() throws Exception {
    start(OPTIONS.withConcurrency(Concurrency.defaults().withMaxConcurrent(1).withQueue(0, Duration.ZERO)));
    try (var first = new RawClient(server); var second = new RawClient(server)) {
      first.get("/wait");
      entered.await();
      RawClient.Reply shed = second.get("/").reply();
      assertEquals(503, shed.status());
      assertEquals("1", shed.header("Retry-After"));
      release.countDown();
      assertEquals("waited", first.reply().body());
    }
  }

  @Test
  void aStopFinishesWhatIsInFlightAndThenClosesItsResources() throws Exception {
    var closed = new AtomicBoolean();
    int port = start(OPTIONS).closing(() -> closed.set(true)).port();
    try (var busy = new RawClient(server); var idle = new RawClient(server)) {
      assertEquals(200, idle.get("/").reply().status());
      busy.get("/wait");
      entered.await();
      Thread stopping = Thread.ofVirtual().start(server::close);
      assertTrue(idle.isClosed());
      release.countDown();
      RawClient.Reply reply = busy.reply();
      assertEquals("waited", reply.body());
      assertTrue(busy.isClosed());
      stopping.join();
      assertTrue(closed.get());
    }
    assertThrows(IOException.class, () -> new RawClient(port));
  }

  @Test
  void aPortInUseIsOneClearLine() {
    start(OPTIONS);
    StartException e = assertThrows(StartException.class,
        () -> Server.start(new App(), ServerOptions.port(server.port()).withHost("127.0.0.1")));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("cannot listen on 127.0.0.1:" + server.port()), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void aStopCutsWhatOutlivesTheDrainTimeout() throws Exception {
    start(OPTIONS.withDrainTimeout(Duration.ofMillis(200)));
    try (var client = new RawClient(server)) {
      client.get("/wait");
      entered.await();
      server.close();
      assertTrue(client.isClosed());
    }
  }
}
