package dev.edge4j.server.websocket;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client may leave while its handshake is still looked into: nothing of it is kept, so a stop does not wait for it. */
@Timeout(60)
class WhoLeavesBeforeItOpensIsForgottenTest {
  private static final String HANDSHAKE = String.join("\r\n", "GET /ws HTTP/1.1", "Host: t", "Connection: Upgrade",
      "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", "");

  private final Semaphore entered = new Semaphore(0);
  private final Semaphore release = new Semaphore(0);

  private Server start() {
    var app = new App();
    app.use((c, next) -> {
      entered.release();
      release.acquire(); // as who asks a store for the visitor
      while (!c.cancelled()) {
        Thread.sleep(1);
      }
      return next.proceed();
    });
    app.ws("/ws", ws -> ws.send("hello"));
    return Server.start(app, ServerOptions.port(0).withHost("127.0.0.1").withDrainTimeout(Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void andIsNotWaitedFor(boolean wholly) throws Exception {
    Server server = start();
    try (var client = new RawClient(server)) {
      client.send(HANDSHAKE);
      entered.acquire();
      leave(client, wholly);
      release.release();
      long begin = System.nanoTime();
      server.close();
      assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(20), "the stop waited for who has left");
    }
  }

  private static void leave(RawClient client, boolean wholly) throws IOException {
    if (wholly) {
      client.close();
    } else {
      client.closeOutput();
    }
  }
}
