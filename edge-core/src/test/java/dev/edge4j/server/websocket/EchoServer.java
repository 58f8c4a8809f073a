package dev.edge4j.server.websocket;

import dev.edge4j.App;
import dev.edge4j.Message;
import dev.edge4j.WebSocketOptions;
import dev.edge4j.WebSocketOptions.Compression;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;

/** Sends every message back: the application that foreign test suites talk to. */
final class EchoServer {
  private EchoServer() {}

  static Server start() {
    var app = new App();
    app.ws("/", ws -> {
      for (Message message : ws) {
        ws.send(message);
      }
    });
    app.ws("/shared", WebSocketOptions.defaults().withCompression(Compression.SHARED_CONTEXT), ws -> {
      for (Message message : ws) {
        ws.send(message);
      }
    });
    return Server.start(app, ServerOptions.port(0)
        .withHost("127.0.0.1")
        .withLimits(l -> l.withWebSockets(l.webSockets().withMaxMessageBytes(32 * 1024 * 1024))));
  }

  /** By hand. */
  public static void main(String[] args) throws InterruptedException {
    Server server = start();
    System.out.println(server.port());
    server.join();
  }
}
