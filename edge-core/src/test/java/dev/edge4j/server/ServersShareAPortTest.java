package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.server.transport.Transport;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers listen on one port if both say so, each gets a part of the connections, and when one stops the other has all. */
class ServersShareAPortTest {
  private static Server start(String name, int port, Transport transport) {
    var app = new App();
    app.get("/", c -> c.text(name));
    return Server.start(app, ServerOptions.port(0)
        .withEndpoint(Endpoint.port(port).withHost("127.0.0.1").withTransport(transport).withReusePort(true)));
  }

  private static String ask(int port) throws IOException {
    try (var client = new RawClient(port)) {
      return client.get("/").reply().body();
    }
  }

  @ParameterizedTest
  @EnumSource
  void bothAnswer(Transport transport) throws IOException {
    try (var first = start("first", 0, transport)) {
      int port = first.port();
      try (var _ = start("second", port, transport)) {
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 1_000 && answers.size() < 2; i++) {
          answers.add(ask(port));
        }
        assertEquals(Set.of("first", "second"), answers);
      }
      for (int i = 0; i < 50; i++) {
        assertEquals("first", ask(port));
      }
      assertThrows(StartException.class, () -> Server.start(new App(), ServerOptions.port(port).withHost("127.0.0.1")),
          "one that does not say so stays out");
    }
  }
}
