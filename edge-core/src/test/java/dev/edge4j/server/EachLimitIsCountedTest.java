package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.server.limits.ClientLimits;
import dev.edge4j.server.limits.Concurrency;
import dev.edge4j.server.limits.Counter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever is turned away is counted, under the limit that turned him away. */
@Timeout(60)
class EachLimitIsCountedTest {
  private static final ServerOptions OPTIONS = ServerOptions.port(0).withHost("127.0.0.1");

  private static App app() {
    var app = new App();
    app.get("/", c -> c.text("hello"));
    app.post("/echo", c -> c.text(c.bodyText()));
    return app;
  }

  /** Sends that to a server of those options, which answers with the status; it must have been counted once. */
  private static void assertCounted(ServerOptions options, String request, int status, Counter counter)
      throws IOException {
    try (Server server = Server.start(app(), options); var client = new RawClient(server)) {
      assertEquals(status, client.send(request).reply().status());
      assertEquals(1, server.counts().get(counter), counter.name());
    }
  }

  @Test
  void whatIsTooLarge() throws IOException {
    assertCounted(OPTIONS.withMaxHeadBytes(100, 500), "GET /" + "x".repeat(300) + " HTTP/1.1\r\nHost: t\r\n\r\n", 414,
        Counter.TARGETS_TOO_LONG);
    assertCounted(OPTIONS.withMaxHeadBytes(100, 500), "GET / HTTP/1.1\r\nHost: t\r\nX: " + "x".repeat(600)
        + "\r\n\r\n", 431, Counter.HEADERS_TOO_LARGE);
    assertCounted(OPTIONS.withLimits(l -> l.withRequests(l.requests().withMaxHeaderFields(2))),
        "GET / HTTP/1.1\r\nHost: t\r\nA: 1\r\nB: 2\r\n\r\n", 431, Counter.HEADERS_TOO_LARGE);
    assertCounted(OPTIONS.withMaxBodyBytes(10), "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 11\r\n\r\n", 413,
        Counter.BODIES_TOO_LARGE);
    assertCounted(OPTIONS.withMaxBodyBytes(3),
        "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n", 413,
        Counter.BODIES_TOO_LARGE);
  }

  @Test
  void whatIsMalformed() throws IOException {
    assertCounted(OPTIONS, "GET / HTTP/1.1\r\n\r\n", 400, Counter.MALFORMED);
    assertCounted(OPTIONS, "GET * HTTP/1.1\r\nHost: t\r\n\r\n", 400, Counter.MALFORMED);
  }

  @Test
  void whatIsTooSlow() throws IOException {
    Duration brief = Duration.ofMillis(200);
    assertCounted(OPTIONS.withRequestTimeouts(brief, Duration.ofSeconds(20)), "GET / HT", 408,
        Counter.HEADS_TIMED_OUT);
    assertCounted(OPTIONS.withRequestTimeouts(Duration.ofSeconds(20), brief),
        "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nhalf", 408, Counter.BODIES_TIMED_OUT);
  }

  @Test
  void whatLiesIdle() throws IOException {
    var options = OPTIONS.withConnectionTimeouts(Duration.ofMillis(200), Duration.ofSeconds(10));
    try (Server server = Server.start(app(), options); var client = new RawClient(server)) {
      assertEquals(200, client.get("/").reply().status());
      assertTrue(client.isClosed());
      assertEquals(1, server.counts().get(Counter.IDLE_CLOSED));
    }
  }

  @Test
  void whatIsOneTooMany() throws IOException {
    ClientLimits one = ClientLimits.defaults().withMaxConnections(1, 1);
    try (Server server = Server.start(app(), OPTIONS.withClients(one)); var first = new RawClient(server)) {
      assertEquals(200, first.get("/").reply().status());
      try (var second = new RawClient(server)) {
        assertEquals(503, second.reply().status());
      }
      assertEquals(1, server.counts().get(Counter.CONNECTIONS_REFUSED));
      assertEquals(1, server.counts().get(Counter.CONNECTIONS));
    }
    ClientLimits two = ClientLimits.defaults().withMaxRequestsPerConnection(2);
    try (Server server = Server.start(app(), OPTIONS.withClients(two)); var client = new RawClient(server)) {
      assertEquals("", client.get("/").reply().header("Connection"));
      assertEquals("close", client.get("/").reply().header("Connection"));
      assertEquals(1, server.counts().get(Counter.REQUESTS_PER_CONNECTION_REACHED));
      assertEquals(2, server.counts().get(Counter.REQUESTS));
    }
  }

  @Test
  void whatIsShed() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    App app = app();
    app.get("/wait", c -> {
      entered.countDown();
      release.await();
      return c.text("waited");
    });
    try (Server server = Server.start(app, OPTIONS.withConcurrency(Concurrency.defaults()
        .withMaxConcurrent(1)
        .withQueue(0, Duration.ZERO))); var busy = new RawClient(server)) {
      busy.get("/wait");
      entered.await();
      try (var other = new RawClient(server)) {
        assertEquals(503, other.get("/").reply().status());
      }
      assertEquals(1, server.counts().get(Counter.SHED));
      release.countDown();
      assertEquals("waited", busy.reply().body());
    }
  }
}
