package dev.edge4j.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.support.Aside;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plain connection speaks what its first bytes say (RFC 9113 section 3.3), and ends without losing a request. */
@Aside
class PlainConnectionsMaySpeakHttp2Test {
  private final CountDownLatch go = new CountDownLatch(1);
  private final Server server = Server.start(app(), ServerOptions.port(0)
      .withHost("127.0.0.1")
      .withDrainTimeout(
          Duration.ofSeconds(30)));

  private App app() {
    var app = new App();
    app.get("/", c -> c.text(c.request().scheme()));
    app.get("/wait", c -> {
      go.await();
      return c.text("waited");
    });
    return app;
  }

  @AfterEach
  void stop() {
    go.countDown();
    server.close();
  }

  @Test
  void aPrefaceMayComeByteByByte() throws IOException {
    try (Http2Client client = Http2Client.silent(server.port())) {
      for (char c : "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".toCharArray()) {
        client.raw(new byte[]{(byte) c});
      }
      client.settings();
      assertEquals("http", client.get(1, "/").answer(1).text());
    }
  }

  @Test
  void whatOnlyBeginsLikeOneIsHttp1() throws IOException {
    try (var client = new RawClient(server.port())) {
      client.send("PR");
      client.send("OPFIND / HTTP/1.1\r\nHost: t\r\n\r\n");
      assertEquals(405, client.reply().status());
      assertEquals("http", client.get("/").reply().body());
    }
  }

  @Test
  void whatIsNeitherIsRefused() throws IOException {
    try (var client = new RawClient(server.port())) {
      client.send("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n");
      assertEquals(505, client.reply().status());
    }
  }

  @Test
  void anUpgradeIsPassedOver() throws IOException {
    try (var client = new RawClient(server.port())) {
      client.send(String.join("\r\n", "GET / HTTP/1.1", "Host: t", "Connection: Upgrade, HTTP2-Settings",
          "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__", "", ""));
      assertEquals(200, client.reply().status());
    }
  }

  @Test
  void aStopIsSaidTwiceAndLosesNothing() throws Exception {
    try (Http2Client client = Http2Client.connect(server.port());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      client.get(1, "/wait").ping(1).await(FrameType.PING, 0);
      Future<?> closed = threads.submit(server::close);
      var announced = client.await(FrameType.GOAWAY, 0);
      assertEquals(Integer.MAX_VALUE, announced.lastStream());
      assertEquals(ErrorCode.NO_ERROR.code(), announced.code());
      var ping = client.await(FrameType.PING, 0);
      client.get(3, "/wait"); // was under way when the end was announced
      client.frame(FrameType.PING, Http2Client.ACK, 0, ping.payload());
      assertEquals(3, client.await(FrameType.GOAWAY, 0).lastStream());
      client.get(5, "/"); // came too late: the client may send it elsewhere
      client.request(7, "POST", "/", false).data(7, false, new byte[10]).windowUpdate(7, 1).reset(7, 8); // so did this
      client.ping(2).await(FrameType.PING, 0);
      go.countDown();
      boolean[] ended = new boolean[8];
      while (!(ended[1] && ended[3])) {
        var frame = client.next();
        ended[frame.stream()] |= frame.endsStream();
      }
      assertTrue(!ended[5]);
      client.awaitEnd();
      closed.get();
    }
  }

  @Test
  void aClientThatLeavesKnowsWhatIsStillAnswered() throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      client.get(1, "/wait").frame(FrameType.GOAWAY, 0, 0, new byte[8]).get(3, "/");
      assertEquals(1, client.await(FrameType.GOAWAY, 0).lastStream());
      go.countDown();
      assertEquals("waited", client.answer(1).text());
      client.awaitEnd();
    }
  }
}
