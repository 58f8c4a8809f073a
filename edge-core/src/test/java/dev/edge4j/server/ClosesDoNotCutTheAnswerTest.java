package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** Bytes that nobody reads make a close a reset, which can overtake the answer: so a close lingers (RFC 9112 section 9.6). */
class ClosesDoNotCutTheAnswerTest {
  private static final String BODY = "x".repeat(3_000_000);
  private static Server server;

  @BeforeAll
  static void start() {
    var app = new App();
    app.post("/ignore", c -> c.text("ignored"));
    app.post("/echo", c -> c.text(c.bodyText()));
    server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Reads only once all of it has been sent, as simple clients do. */
  private static void assertAnswered(int status, String head, String body) throws IOException {
    try (var client = new RawClient(server)) {
      client.send(head + "\r\n\r\n").send(body);
      assertEquals(status, client.reply().status());
      assertTrue(client.isClosed());
    }
  }

  @RepeatedTest(5)
  void anEarlyAnswerToALargeBodyArrives() throws IOException {
    assertAnswered(200, "POST /ignore HTTP/1.1\r\nHost: t\r\nContent-Length: " + BODY.length(), BODY);
  }

  @RepeatedTest(5)
  void theRefusalOfABodyOverTheLimitArrives() throws IOException {
    assertAnswered(413, "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: " + BODY.length(), BODY);
  }

  @RepeatedTest(5)
  void theRefusalOfAMalformedHeadArrives() throws IOException {
    assertAnswered(400, "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1, 1", BODY);
  }

  @RepeatedTest(5)
  void theRefusalOfAMalformedChunkArrives() throws IOException {
    assertAnswered(400, "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked", "zz\r\n" + BODY);
  }

  @RepeatedTest(5)
  void theLastAnswerBeforePipelinedRequestsThatAreDroppedArrives() throws IOException {
    assertAnswered(200, "POST /ignore HTTP/1.1\r\nHost: t\r\nConnection: close", BODY);
  }
}
