package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.server.lanes.BodyRate;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that sends just enough to look alive is answered 408 and let go: what it holds is needed. */
@Timeout(60)
class SlowClientsAreCutOffTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(50);

  private final CountDownLatch never = new CountDownLatch(1);
  private final Server server = start(SHORT);

  private static Server start(Duration timeout) {
    var app = new App();
    app.get("/", c -> c.text("hello"));
    app.post("/echo", c -> c.text(c.bodyText()));
    return Server.start(app, ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withRequestTimeouts(timeout, timeout)
        .withConnectionTimeouts(LONG, LONG));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A character every tenth of a time-out, until the server says something. */
  private void trickle(RawClient client, String part) {
    Thread.ofVirtual().start(() -> {
      try {
        while (!never.await(SHORT.toMillis() / 10, TimeUnit.MILLISECONDS)) {
          client.send(part);
        }
      } catch (IOException | InterruptedException e) {
        // the connection is closed: what the test waits for
      }
    });
  }

  private void assertCutOff(RawClient client) throws IOException {
    assertEquals(408, client.reply().status());
    assertTrue(client.isClosed());
    never.countDown();
  }

  @Test
  void inItsHead() throws IOException {
    try (var client = new RawClient(server)) {
      trickle(client.send("GET / HTTP/1.1\r\n"), "X: y\r\n");
      assertCutOff(client);
    }
  }

  @Test
  void inItsBody() throws IOException {
    try (var client = new RawClient(server)) {
      trickle(client.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 10000\r\n\r\n"), "x");
      assertCutOff(client);
    }
  }

  @Test
  void inTheLineBeforeAChunk() throws IOException {
    try (var client = new RawClient(server)) {
      trickle(client.send("POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3;"), "x");
      assertCutOff(client);
    }
  }

  @Test
  void inAHeadWhoseBeginningCameWithTheRequestBefore() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\nGET / HT");
      assertEquals("hello", client.reply().body());
      assertCutOff(client);
    }
  }

  @Test
  void butNotOneThatPausesAndIsFastEnoughInAll() throws Exception {
    String part = "x".repeat(1_000);
    try (Server patient = start(Duration.ofSeconds(1)); var client = new RawClient(patient)) {
      client.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 6000\r\n\r\n");
      for (int i = 0; i < 6; i++) {
        client.send(part);
        assertFalse(never.await(250, TimeUnit.MILLISECONDS)); // the client's pace
      }
      assertEquals(part.repeat(6), client.reply().body());
    }
  }

  @Test
  void theRateCountsOnlyTheTimeInWhichTheClientIsWaitedFor() {
    var rate = new BodyRate(100, 1_000);
    rate.asked(0);
    assertTrue(rate.arrived(1, 1_000), "within the grace");
    assertTrue(rate.arrived(1, 900_000_000_000L), "nobody had asked");
    rate.asked(0);
    assertFalse(rate.arrived(1, 1_000_000_000), "three bytes in a second");
    assertTrue(rate.arrived(98, 0), "enough now");
  }
}
