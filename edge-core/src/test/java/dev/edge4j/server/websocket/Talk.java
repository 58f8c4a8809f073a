package dev.edge4j.server.websocket;

import dev.edge4j.App;
import dev.edge4j.WebSocketHandler;
import dev.edge4j.WebSocketOptions;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.WebSocketLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A server with one WebSocket at {@code /}, for the time of a test. */
record Talk(Server server) implements AutoCloseable {
  static Talk with(WebSocketHandler handler) {
    return with(l -> l, handler);
  }

  static Talk with(UnaryOperator<WebSocketLimits> limits, WebSocketHandler handler) {
    return with(limits, WebSocketOptions.defaults(), handler);
  }

  static Talk with(UnaryOperator<WebSocketLimits> limits, WebSocketOptions options, WebSocketHandler handler) {
    var app = new App();
    app.ws("/", options, handler);
    return new Talk(Server.start(app, ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withDrainTimeout(Duration.ofSeconds(20))
        .withLimits(l -> l.withWebSockets(limits.apply(l.webSockets())))));
  }

  RawWebSocket client(String... fields) throws IOException {
    return new RawWebSocket(server, "/", fields);
  }

  long count(Counter counter) {
    return server.counts().getOrDefault(counter, 0L);
  }

  /** Waits until it holds; an error if it does not in half a minute. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not in time: " + what);
      }
      Thread.sleep(5);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
