package dev.edge4j.server.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Gate;
import dev.edge4j.Handler;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.Timeout;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.limits.Counter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Behind a real socket: a handler begins on the loop, and is gone from there before it could stop it. */
@org.junit.jupiter.api.Timeout(60)
class HandlersLeaveTheLoopInTimeTest {
  private static final ServerOptions OPTIONS = ServerOptions.port(0).withHost("127.0.0.1");

  private final App app = new App();

  /** The thread of the system that a virtual thread runs on now: its text names it. */
  private static String carrier() {
    String text = Thread.currentThread().toString();
    return text.substring(text.indexOf('@') + 1);
  }

  private static boolean isOnLoop() {
    return Thread.currentThread().isVirtual() && !carrier().startsWith("ForkJoinPool");
  }

  private static String where() {
    return isOnLoop() ? "loop" : "elsewhere";
  }

  private RawClient.Reply get(String target) throws IOException {
    try (Server server = Server.start(app, OPTIONS); var client = new RawClient(server)) {
      return client.get(target).reply();
    }
  }

  @Test
  void itBeginsOnTheLoopAndGoesOnElsewhere() throws IOException {
    app.get("/", c -> {
      String begins = where();
      Thread.sleep(1);
      return c.text(begins + ", " + where());
    });
    assertEquals("loop, elsewhere", get("/").body());
  }

  @Test
  void aRouteThatIsMarkedBeginsElsewhere() throws IOException {
    app.get("/", Handler.hop(c -> c.text(where())));
    assertEquals("elsewhere", get("/").body());
  }

  /** On the loop none of it could be sent before all of it was written. */
  @Test
  void aBodyIsWrittenElsewhere() throws IOException {
    app.get("/", _ -> Response.of(200)
        .withHeader("X-Begins", where())
        .withBody(new Body.Stream(out -> out.write(where().getBytes(StandardCharsets.US_ASCII)))));
    RawClient.Reply reply = get("/");
    assertEquals("loop", reply.header("X-Begins"));
    assertEquals("elsewhere", reply.body());
  }

  /** On the loop it would keep away the news that it asks for. */
  @Test
  void whoAsksWhetherAnybodyWaitsSeesTheClientLeave() throws IOException, InterruptedException {
    var begun = new CountDownLatch(1);
    var seen = new CountDownLatch(1);
    app.get("/", c -> {
      begun.countDown();
      while (!c.cancelled()) {
        Thread.onSpinWait();
      }
      seen.countDown();
      return c.text("nobody reads this");
    });
    try (Server server = Server.start(app, OPTIONS)) {
      try (var client = new RawClient(server)) {
        client.get("/");
        assertTrue(begun.await(20, TimeUnit.SECONDS));
      }
      assertTrue(seen.await(20, TimeUnit.SECONDS));
    }
  }

  /** It waits for the loop, which is not held up by that although the wait begins on its stack. */
  @Test
  void aBodyThatHasNotArrivedIsWaitedForElsewhere() throws IOException {
    app.post("/", c -> {
      String begins = where();
      String body = c.bodyText();
      return c.text(begins + ", " + body + ", " + where());
    });
    try (Server server = Server.start(app, OPTIONS); var client = new RawClient(server)) {
      client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      assertEquals(100, client.reply().status());
      client.send("tea");
      assertEquals("loop, tea, elsewhere", client.reply().body());
    }
  }

  @Test
  void aDeadlineIsKeptWhereverTheWorkIs() throws IOException {
    var answered = new CountDownLatch(1);
    app.with(Timeout.after(Duration.ofMillis(50))).get("/", c -> {
      assertTrue(answered.await(20, TimeUnit.SECONDS));
      return c.text("late");
    });
    try (Server server = Server.start(app, OPTIONS); var client = new RawClient(server)) {
      assertEquals(504, client.get("/").reply().status());
      answered.countDown();
    }
  }

  /** A gate behind a middleware may take its time there, on the loop's stack or not: it is no gate of the loop. */
  @Test
  void gatesOfTheSlowLaneAreNotWatched() throws IOException {
    app.use((_, next) -> next.proceed());
    app.use((Gate) c -> {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return Verdict.pass();
    });
    app.get("/", c -> c.text("x"));
    assertEquals(200, get("/").status());
  }

  @Test
  void pipelinedRequestsAreAnsweredInTurnAndTheirStacksDoNotPileUp() throws IOException {
    app.get("/", c -> c.text(c.query("n").asString()));
    int count = 2_000;
    try (Server server = Server.start(app, OPTIONS); var client = new RawClient(server)) {
      var all = new StringBuilder();
      for (int i = 0; i < count; i++) {
        all.append("GET /?n=").append(i).append(" HTTP/1.1\r\nHost: t\r\n\r\n");
      }
      client.send(all.toString());
      for (int i = 0; i < count; i++) {
        assertEquals(String.valueOf(i), client.reply().body());
      }
      assertTrue(server.counts().getOrDefault(Counter.STINTS_INLINE, 0L) > 0);
    }
  }

  @Test
  void whatIsInlineHasNoThreadOfItsOwn() throws IOException {
    app.get("/", Handler.inline(c -> c.text(String.valueOf(Thread.currentThread().isVirtual()))));
    assertFalse(Boolean.parseBoolean(get("/").body()));
  }
}
