package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.support.Aside;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Sixty connections at a time that are as slow as they can be: each is closed within twelve seconds, which is twice what its limit
 * says on a machine with other work to do; a client beside them is answered all the while, and the heap holds none of them.
 */
@Timeout(120)
@Isolated("it measures the heap")
@Aside
class SlowAttacksEndTest {
  private static final int ATTACKERS = 60;
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final long WITHIN_NANOS = TimeUnit.SECONDS.toNanos(12);
  private static final long MAX_GROWTH_BYTES = 16L * 1024 * 1024;
  private static final int LARGE = 8 * 1024 * 1024;

  private final byte[] large = new byte[LARGE];
  private final Server server = start();

  /** One step of an attacker on its connection. */
  @FunctionalInterface
  private interface Step {
    void on(RawClient attacker) throws IOException;
  }

  private Server start() {
    var app = new App();
    app.get("/", c -> c.text("hello"));
    app.post("/echo", c -> c.text(c.bodyText()));
    app.get("/large", _ -> Response.bytes(200, "application/octet-stream", large));
    return Server.start(app, ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withRequestTimeouts(LIMIT, LIMIT)
        .withConnectionTimeouts(LIMIT, LIMIT));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void headsThatTrickle() throws Exception {
    attack("GET / HTTP/1.1\r\n", client -> client.send("X: y\r\n"), Counter.HEADS_TIMED_OUT);
  }

  @Test
  void bodiesThatTrickle() throws Exception {
    attack("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 100000\r\n\r\n", client -> client.send("x"),
        Counter.BODIES_TIMED_OUT);
  }

  @Test
  void clientsThatTakeNothingOfTheirAnswer() throws Exception {
    attack("GET /large HTTP/1.1\r\nHost: t\r\n\r\n", client -> client.send("G"), Counter.WRITES_STALLED);
  }

  @Test
  void clientsThatSayNothing() throws Exception {
    attack("", _ -> {}, Counter.HEADS_TIMED_OUT);
  }

  private void attack(String opening, Step step, Counter counted) throws Exception {
    assertBystanderIsAnswered();
    long heap = heap();
    List<RawClient> attackers = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < ATTACKERS; i++) {
      attackers.add(new RawClient(server).send(opening));
    }
    long most = heap;
    while (server.counts().getOrDefault(counted, 0L) < ATTACKERS) {
      assertTrue(System.nanoTime() - begin < WITHIN_NANOS, () -> "still open: " + server.counts());
      step(attackers, step);
      assertBystanderIsAnswered();
      most = Math.max(most, heap());
      TimeUnit.MILLISECONDS.sleep(100); // the attackers' pace
    }
    assertTrue(most - heap < MAX_GROWTH_BYTES, "the heap grew by " + (most - heap) + " bytes");
    for (RawClient attacker : attackers) {
      attacker.close();
    }
  }

  private static void step(List<RawClient> attackers, Step step) {
    for (RawClient attacker : attackers) {
      try {
        step.on(attacker);
      } catch (IOException e) {
        // closed by the server, as it should be; the count tells
      }
    }
  }

  private void assertBystanderIsAnswered() throws IOException {
    try (var client = new RawClient(server)) {
      assertEquals("hello", client.get("/").reply().body());
    } catch (SocketTimeoutException e) {
      throw new AssertionError("a client that did nothing wrong waited in vain", e);
    }
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
