package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.EventStream;
import dev.edge4j.http.ServerSentEvent;
import dev.edge4j.testing.TestClient;
import dev.edge4j.testing.Transport;
import dev.edge4j.testing.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events leave at once, whole and in order, at the pace of their client, and go on where it was. */
@Timeout(30)
class EventsReachTheirClientTest {
  private static Server start(App app) {
    return Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  private static Server serving(EventStream.Source source) {
    var app = new App();
    app.get("/", c -> c.sse(source));
    return start(app);
  }

  @Test
  void theHeadAndEachEventLeaveAtOnce() throws IOException {
    var headSeen = new CountDownLatch(1);
    var eventSeen = new CountDownLatch(1);
    try (Server server = serving(events -> {
      headSeen.await();
      events.send("one");
      eventSeen.await();
      events.comment("that was it");
    }); var client = new EventClient(server, "/")) {
      assertTrue(client.head().startsWith("HTTP/1.1 200 OK\n"), client.head());
      assertTrue(client.head().contains("Content-Type: text/event-stream\n"), client.head());
      assertTrue(client.head().contains("Cache-Control: no-store\n"), client.head());
      assertTrue(client.head().contains("X-Accel-Buffering: no\n"), client.head());
      headSeen.countDown();
      assertEquals("data: one", client.line());
      assertEquals("", client.line());
      eventSeen.countDown();
      assertEquals(": that was it", client.line());
      assertEquals("", client.line());
      assertTrue(client.isAtEnd());
    }
  }

  @Test
  void aSlowClientHoldsItsSourceBack() throws Exception {
    int events = 300; // 19 MB, of which the kernel holds about four
    String data = "x".repeat(64 * 1024);
    var sent = new AtomicInteger();
    var source = new CompletableFuture<Thread>();
    try (Server server = serving(stream -> {
      source.complete(Thread.currentThread());
      for (int i = 0; i < events; i++) {
        stream.send(i + data);
        sent.incrementAndGet();
      }
    }); var client = new EventClient(server, "/")) {
      int heldAt = awaitHeld(source.join(), sent);
      assertTrue(heldAt < events / 2, "sent " + heldAt + " events of 64 KiB to a client that reads none");
      for (int i = 0; i < events; i++) {
        assertTrue(client.line().equals("data: " + i + data), "event " + i + " is another");
        assertEquals("", client.line());
      }
      assertTrue(client.isAtEnd());
    }
  }

  /** Waits until the source waits and has not sent anything meanwhile. */
  private static int awaitHeld(Thread source, AtomicInteger sent) throws InterruptedException {
    int before = -1;
    while (true) {
      int now = sent.get();
      if (now > 0 && now == before && source.getState() == Thread.State.WAITING) {
        return now;
      }
      before = now;
      Thread.sleep(20);
    }
  }

  @Test
  void eventsOfManyThreadsLeaveWhole() throws Exception {
    int threads = 8;
    int each = 200;
    try (Server server = serving(events -> {
      var senders = new ArrayList<Thread>();
      for (int t = 0; t < threads; t++) {
        String name = String.valueOf(t);
        senders.add(Thread.ofVirtual().start(() -> sendAll(events, name, each)));
      }
      for (Thread sender : senders) {
        sender.join();
      }
    }); var client = new EventClient(server, "/")) {
      int[] seen = new int[threads];
      for (int i = 0; i < threads * each; i++) {
        String id = client.line().substring("id: ".length());
        assertEquals("data: " + id, client.line());
        assertEquals("data: " + seen[Integer.parseInt(id)]++, client.line());
        assertEquals("", client.line());
      }
      assertTrue(client.isAtEnd());
    }
  }

  private static void sendAll(EventStream events, String name, int count) {
    try {
      for (int i = 0; i < count; i++) {
        events.send(ServerSentEvent.of(name + "\n" + i).withId(name));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCommentIsSentAfterFifteenSecondsWithoutAnEventAndOnlyThen() throws Exception {
    var clock = new VirtualClock();
    var stream = new CompletableFuture<EventStream>();
    var app = new App().time(clock);
    app.get("/", c -> c.sse(events -> {
      stream.complete(events);
      events.awaitEnd();
    }));
    try (Server server = start(app); var client = new EventClient(server, "/")) {
      EventStream events = stream.join();
      awaitTimer(clock);
      clock.advance(Duration.ofSeconds(10));
      events.send("busy");
      clock.advance(Duration.ofSeconds(5)); // looks, and finds it was not idle
      awaitTimer(clock);
      clock.advance(Duration.ofSeconds(9));
      events.send("busy still");
      assertEquals("data: busy", client.line());
      assertEquals("", client.line());
      assertEquals("data: busy still", client.line());
      assertEquals("", client.line());
      clock.advance(Duration.ofSeconds(1));
      awaitTimer(clock);
      clock.advance(Duration.ofSeconds(14));
      assertEquals(":", client.line());
      assertEquals("", client.line());
      awaitTimer(clock);
      events.close();
      assertTrue(client.isAtEnd());
      assertEquals(0, clock.pendingTimers());
    }
  }

  private static void awaitTimer(VirtualClock clock) throws InterruptedException {
    while (clock.pendingTimers() == 0) {
      Thread.sleep(1);
    }
  }

  @Test
  void withoutAHeartbeatNoTimerIsSet() throws Exception {
    var clock = new VirtualClock();
    var app = new App().time(clock);
    app.get("/", c -> c.sse(Duration.ZERO, events -> {
      events.send("x");
      assertEquals(0, clock.pendingTimers());
    }));
    try (Server server = start(app); var client = new EventClient(server, "/")) {
      assertEquals("data: x", client.line());
      assertEquals("", client.line());
      assertTrue(client.isAtEnd());
    }
  }

  private static App counting() {
    var app = new App();
    app.get("/", c -> c.sse(events -> {
      List<String> ids = List.of("1", "größer", "3");
      int seen = events.lastEventId().map(id -> ids.indexOf(id) + 1).orElse(0);
      for (String id : ids.subList(seen, ids.size())) {
        events.send(ServerSentEvent.of("event " + id).withId(id));
      }
    }));
    return app;
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatComesAgainGoesOnBehindTheLastEventItHasSeen(Transport way) {
    String second = new String("größer".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    try (var client = TestClient.of(counting(), way)) {
      assertEquals("id: 3\ndata: event 3\n\n", client.with("Last-Event-ID", second).get("/").text());
      assertEquals(3, client.get("/").text().lines().filter(line -> line.startsWith("data: ")).count());
      assertFalse(client.with("Last-Event-ID", "1").get("/").text().contains("event 1"));
    }
  }
}
