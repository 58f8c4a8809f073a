package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.AccessLog;
import dev.edge4j.middleware.RateLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server asks its application before it listens, and nobody counts that as a visit. */
@Timeout(30)
class WarmUpComesBeforeVisitorsTest {
  private final App app = new App();
  private final AtomicInteger asked = new AtomicInteger();

  private Server start(WarmUp warmUp) {
    return Server.start(app, ServerOptions.port(0).withHost("127.0.0.1").withLifecycle(l -> l.withWarmUp(warmUp)));
  }

  @Test
  void everyRequestIsAskedInEachRoundAndLeavesNoTrace() throws IOException {
    List<String> lines = new ArrayList<>();
    app.use(AccessLog.to(lines::add), RateLimit.perClient(2, Duration.ofMinutes(1)));
    app.get("/", c -> {
      asked.incrementAndGet();
      return c.text(String.valueOf(c.isWarmUp()));
    });
    try (Server server = start(WarmUp.get("/", "/?page=2").withRounds(7)); var client = new RawClient(server)) {
      assertEquals(14, asked.get());
      assertEquals(List.of(), lines);
      assertEquals("false", client.get("/").reply().body());
      assertEquals(200, client.get("/").reply().status());
      assertEquals(429, client.get("/").reply().status());
      assertEquals(3, lines.size());
    }
  }

  @Test
  void whatFailsOrNeverEndsDoesNotKeepAServerFromStarting() throws Exception {
    var release = new CountDownLatch(1);
    app.get("/fails", _ -> {
      throw new IllegalStateException("cold");
    });
    app.get("/dies", _ -> {
      throw new StackOverflowError();
    });
    app.get("/hangs", c -> {
      asked.incrementAndGet();
      release.await();
      return c.empty();
    });
    app.get("/", c -> c.text("hello"));
    WarmUp hopeless = WarmUp.get("/fails", "/dies", "/hangs").withDeadline(Duration.ofMillis(500));
    try (Server server = start(hopeless); var client = new RawClient(server)) {
      assertEquals("hello", client.get("/").reply().body());
      assertEquals(1, asked.get());
    } finally {
      release.countDown();
    }
  }

  @Test
  void streamsAreNotRead() {
    app.get("/endless", _ -> Response.of(200).withBody(new Body.Stream(_ -> asked.incrementAndGet())));
    try (Server server = start(WarmUp.get("/endless"))) {
      assertTrue(server.port() > 0);
      assertEquals(0, asked.get());
    }
  }

  @Test
  void onlySafeMethodsMayBeAsked() {
    var order = List.of(Request.post("/orders"));
    assertThrows(IllegalArgumentException.class, () -> new WarmUp(order, 1, Duration.ofSeconds(1)));
    assertEquals(1, new WarmUp(List.of(Request.of(Method.HEAD, "/")), 1, Duration.ofSeconds(1)).requests().size());
  }
}
