package dev.edge4j.server.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.limits.Concurrency;
import dev.edge4j.server.limits.Counter;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Behind a real socket: what comes past the bound on handlers waits its turn for a while, and health is answered meanwhile. */
@Timeout(60)
class BurstsWaitInAShortQueueTest {
  private final App app = new App();
  private final LinkedBlockingQueue<String> entered = new LinkedBlockingQueue<>();
  private final Semaphore release = new Semaphore(0);

  BurstsWaitInAShortQueueTest() {
    app.get("/busy", c -> {
      entered.add(c.query("n").asString());
      assertTrue(release.tryAcquire(20, TimeUnit.SECONDS));
      return c.text(c.query("n").asString());
    });
    app.get("/health", Handler.exempt(c -> c.text("ok")));
  }

  private Server server(int queued, Duration age) {
    return Server.start(app, ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withConcurrency(Concurrency.defaults().withMaxConcurrent(1).withQueue(queued, age)));
  }

  private void awaitEntered(String number) throws InterruptedException {
    assertEquals(number, entered.poll(20, TimeUnit.SECONDS));
  }

  private static void await(Server server, Counter counter, long count) {
    while (server.counts().getOrDefault(counter, 0L) < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoComesFirstIsServedFirst() throws IOException, InterruptedException {
    try (Server server = server(2, Duration.ofMinutes(1));
        var one = new RawClient(server);
        var two = new RawClient(server);
        var three = new RawClient(server);
        var four = new RawClient(server)) {
      one.get("/busy?n=1");
      awaitEntered("1");
      two.get("/busy?n=2");
      await(server, Counter.QUEUED, 1);
      three.get("/busy?n=3");
      await(server, Counter.QUEUED, 2);
      RawClient.Reply shed = four.get("/busy?n=4").reply();
      assertEquals(503, shed.status());
      assertEquals("1", shed.header("Retry-After"));
      assertEquals("ok", four.get("/health").reply().body());
      release.release();
      awaitEntered("2");
      assertEquals("1", one.reply().body());
      release.release();
      awaitEntered("3");
      assertEquals("2", two.reply().body());
      release.release();
      assertEquals("3", three.reply().body());
      Map<Counter, Long> counts = server.counts();
      assertEquals(1, counts.getOrDefault(Counter.SHED, 0L));
      assertEquals(0, counts.getOrDefault(Counter.QUEUE_TIMEOUTS, 0L));
    }
  }

  @Test
  void nobodyWaitsLongerThanTheAge() throws IOException, InterruptedException {
    try (Server server = server(10, Duration.ofMillis(20));
        var one = new RawClient(server);
        var two = new RawClient(server)) {
      one.get("/busy?n=1");
      awaitEntered("1");
      RawClient.Reply late = two.get("/busy?n=2").reply();
      assertEquals(503, late.status());
      assertEquals("1", late.header("Retry-After"));
      assertEquals(1, server.counts().getOrDefault(Counter.QUEUE_TIMEOUTS, 0L));
      assertEquals(0, server.counts().getOrDefault(Counter.SHED, 0L));
      release.release(2);
      assertEquals("1", one.reply().body());
      assertEquals("3", two.get("/busy?n=3").reply().body());
    }
  }

  @Test
  void whoLeavesTheQueueMakesRoom() throws IOException, InterruptedException {
    try (Server server = server(1, Duration.ofMinutes(1)); var one = new RawClient(server)) {
      one.get("/busy?n=1");
      awaitEntered("1");
      try (var leaver = new RawClient(server)) {
        leaver.get("/busy?n=2");
        await(server, Counter.QUEUED, 1);
      }
      try (var three = new RawClient(server)) {
        int number = 3;
        three.get("/busy?n=" + number);
        while (server.counts().getOrDefault(Counter.QUEUED, 0L) < 2) { // the news that the other has left may be on its way
          if (server.counts().getOrDefault(Counter.SHED, 0L) == number - 2) {
            assertEquals(503, three.reply().status());
            number++;
            three.get("/busy?n=" + number);
          }
        }
        release.release();
        assertEquals("1", one.reply().body());
        awaitEntered(String.valueOf(number));
        release.release();
        assertEquals(String.valueOf(number), three.reply().body());
      }
    }
  }
}
