package dev.edge4j.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.EventStream;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.support.Aside;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A stop answers what is in flight over HTTP/2, ends what has no end of its own, and closes resources after that. */
@Aside
class AStopWaitsForStreamsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static Server start(App app) {
    return Server.start(app, ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withLimits(l -> l.withTimeouts(l.timeouts().withDrain(Duration.ofSeconds(60)))));
  }

  @Test
  void eventsEndAsWholeBodies() throws Exception {
    var app = new App();
    app.get("/", c -> c.sse(EventStream::awaitEnd));
    Server server = start(app);
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.get(1, "/");
      assertEquals("200", client.fields(client.await(FrameType.HEADERS, 1)).get(":status"));
      Thread stopping = Thread.ofVirtual().start(server::close);
      assertTrue(client.await(FrameType.DATA, 1).endsStream());
      client.awaitEnd();
      assertTrue(stopping.join(PATIENCE), "waited for the drain time-out");
    }
  }

  @Test
  void resourcesAreClosedBehindTheLastAnswer() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    var goOn = new CountDownLatch(1);
    var entered = new CountDownLatch(1);
    var app = new App();
    app.get("/", c -> {
      entered.countDown();
      goOn.await();
      order.add("answered");
      return c.text("in time");
    });
    Server server = start(app).closing(() -> order.add("first opened")).closing(() -> order.add("last opened"));
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.get(1, "/");
      entered.await();
      Thread stopping = Thread.ofVirtual().start(server::close);
      client.await(FrameType.GOAWAY, 0);
      goOn.countDown();
      assertEquals("in time", client.answer(1).text());
      assertTrue(stopping.join(PATIENCE), "waited for the drain time-out");
      assertEquals(List.of("answered", "last opened", "first opened"), order);
    }
  }
}
