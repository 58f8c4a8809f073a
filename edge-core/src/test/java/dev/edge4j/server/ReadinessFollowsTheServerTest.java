package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.support.Aside;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A load balancer is told to send requests while they are welcome, and no longer. */
@Timeout(30)
@Aside
class ReadinessFollowsTheServerTest {
  private final Readiness readiness = Readiness.create();
  private final App app = new App();

  private Server start(Duration stopDelay) {
    app.get("/readyz", readiness.handler());
    app.get("/", c -> c.text("hello"));
    return Server.start(app, options().withLifecycle(l -> l.withStopDelay(stopDelay)));
  }

  private ServerOptions options() {
    return ServerOptions.port(0).withHost("127.0.0.1").withLifecycle(l -> l.withReadiness(readiness));
  }

  @Test
  void itIsReadyOnceItListensAndNotWhileItWarmsUp() throws IOException {
    var readyInWarmUp = new AtomicBoolean(true);
    app.get("/warm", c -> {
      readyInWarmUp.set(readiness.isReady());
      return c.empty();
    });
    app.get("/readyz", readiness.handler());
    assertEquals(503, app.request("/readyz").status());
    try (Server server = Server.start(app, options().withLifecycle(l -> l.withWarmUp(WarmUp.get("/warm"))));
        var client = new RawClient(server)) {
      RawClient.Reply reply = client.get("/readyz").reply();
      assertEquals(200, reply.status());
      assertEquals("no-store", reply.header("Cache-Control"));
      assertFalse(readyInWarmUp.get());
    }
    assertEquals(503, app.request("/readyz").status());
  }

  @Test
  void whileItStopsItAnswersStillAndEachAnswerIsTheLastOfItsConnection() throws Exception {
    Server server = start(Duration.ofSeconds(5));
    try (var early = new RawClient(server); var idle = new RawClient(server)) {
      assertEquals("", early.get("/").reply().header("Connection"));
      assertEquals(200, idle.get("/readyz").reply().status());
      Thread stopping = Thread.ofVirtual().start(server::close);
      while (readiness.isReady()) {
        Thread.sleep(1);
      }
      try (var late = new RawClient(server)) {
        RawClient.Reply notReady = late.get("/readyz").reply();
        assertEquals(503, notReady.status());
        assertEquals("close", notReady.header("Connection"));
      }
      RawClient.Reply last = early.get("/").reply();
      assertEquals("hello", last.body());
      assertEquals("close", last.header("Connection"));
      assertTrue(early.isClosed());
      assertTrue(idle.isClosed());
      stopping.join();
    }
  }

  @Test
  void itNeedsNoPlaceAmongTheHandlers() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    app.get("/slow", c -> {
      entered.countDown();
      assertTrue(release.await(20, TimeUnit.SECONDS));
      return c.empty();
    });
    app.get("/readyz", readiness.handler());
    try (Server server = Server.start(app, options().withMaxConcurrent(1));
        var slow = new RawClient(server);
        var client = new RawClient(server)) {
      slow.get("/slow");
      entered.await();
      assertEquals(200, client.get("/readyz").reply().status());
      release.countDown();
      assertEquals(204, slow.reply().status());
    }
  }

  @Test
  void serversThatShareOneAreReadyTogether() {
    var readyMeanwhile = new AtomicBoolean(true);
    app.get("/warm", c -> {
      readyMeanwhile.set(readiness.isReady());
      return c.empty();
    });
    try (Server first = start(Duration.ZERO)) {
      assertTrue(readiness.isReady());
      try (Server second = Server.start(app, options().withLifecycle(l -> l.withWarmUp(WarmUp.get("/warm"))))) {
        assertFalse(readyMeanwhile.get(), "ready although one of its servers had not come up");
        assertTrue(readiness.isReady());
        assertTrue(first.port() != second.port());
      }
      assertFalse(readiness.isReady(), "ready although one of its servers has stopped");
    }
  }

  @Test
  void aStartThatFailedIsForgotten() throws IOException {
    app.get("/readyz", readiness.handler());
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThrows(StartException.class, () -> Server.start(app, options().withPort(taken.getLocalPort())));
    }
    try (Server server = Server.start(app, options()); var client = new RawClient(server)) {
      assertEquals(200, client.get("/readyz").reply().status());
    }
  }
}
