package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each request of {@link WireCases}, over a socket: answered as it must be, and its connection kept or closed. */
class RequestsAreReadStrictlyTest {
  private static Server server;

  @BeforeAll
  static void start() {
    var app = new App();
    app.get("/", c -> c.text("hello"));
    app.get("/host", c -> c.text("host " + c.request().host()));
    app.post("/echo", c -> c.text(c.bodyText()));
    app.all("/any", c -> c.text("any " + c.request().method()));
    server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1").withMaxHeadBytes(1_000, 4_000));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static List<WireCase> accepted() {
    return WireCases.accepted().toList();
  }

  static Stream<WireCase> refused() {
    return WireCases.refused();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void isAnsweredAndTheConnectionGoesOn(WireCase one) throws IOException {
    try (var client = new RawClient(server)) {
      RawClient.Reply reply = client.send(one.bytes()).reply();
      assertEquals(one.body(), reply.body());
      assertEquals(200, reply.status());
      assertEquals("hello", client.get("/").reply().body());
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedAndTheConnectionCloses(WireCase one) throws IOException {
    try (var client = new RawClient(server)) {
      RawClient.Reply reply = client.send(one.bytes()).reply();
      assertEquals(one.status(), reply.status(), reply.body());
      assertEquals("close", reply.header("Connection"));
      assertTrue(client.isClosed(), "nothing behind it may be taken for a request");
    }
  }

  @Test
  void allOfThemTogetherOverOneConnectionAreAnsweredInOrder() throws IOException {
    List<WireCase> all = accepted();
    try (var client = new RawClient(server)) {
      Thread.ofVirtual().start(() -> sendAll(client, all));
      for (WireCase one : all) {
        assertEquals(one.body(), client.reply().body(), one.toString());
      }
    }
  }

  private static void sendAll(RawClient client, List<WireCase> all) {
    try {
      for (WireCase one : all) {
        client.send(one.bytes());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void thereAreEnough() {
    assertTrue(WireCases.all().size() >= 250, () -> WireCases.all().size() + " cases");
  }
}
