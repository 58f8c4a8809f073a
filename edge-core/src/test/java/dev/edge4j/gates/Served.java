package dev.edge4j.gates;

import dev.edge4j.App;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;

/** An application behind a real socket. */
final class Served implements AutoCloseable {
  static final ServerOptions OPTIONS = ServerOptions.port(0).withHost("127.0.0.1");

  private final Server server;

  Served(App app) {
    this(app, OPTIONS);
  }

  Served(App app, ServerOptions options) {
    server = Server.start(app, options);
  }

  RawClient client() throws IOException {
    return new RawClient(server.port());
  }

  RawClient.Reply get(String target) throws IOException {
    try (RawClient client = client()) {
      return client.get(target).reply();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
