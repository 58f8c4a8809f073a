package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.limits.Concurrency;
import dev.edge4j.server.limits.Counter;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/threading.md. */
class ThreadingGuideTest {
  private final App app = new App();
  private final ReentrantLock till = new ReentrantLock();
  private int sold;

  private RawClient.Reply get(ServerOptions options, String target) throws IOException {
    try (Server server = Server.start(app, options.withPort(0).withHost("127.0.0.1"));
        var client = new RawClient(server)) {
      return client.get(target).reply();
    }
  }

  @Test
  void handlersBlock() throws IOException {
    // tag::blocks[]
    app.get("/sell", c -> {
      till.lock(); // waits, and holds up nobody else
      try {
        Thread.sleep(2); // so does this
        return c.text("sold " + ++sold);
      } finally {
        till.unlock();
      }
    });
    // end::blocks[]
    assertEquals("sold 1", get(ServerOptions.port(0), "/sell").body());
  }

  @Test
  void theHopCanBeAskedFor() throws IOException {
    app.get("/", c -> c.text("x"));
    // tag::scheduler[]
    ServerOptions options = ServerOptions.port(8080)
        .withConcurrency(Concurrency.defaults().withScheduler(Concurrency.Scheduler.HOP));
    // end::scheduler[]
    try (Server server = Server.start(app, options.withPort(0).withHost("127.0.0.1"));
        var client = new RawClient(server)) {
      assertEquals("x", client.get("/").reply().body());
      assertEquals(1L, server.counts().get(Counter.HOPS));
    }
  }

  @TempDir private Path folder;

  @Test
  void aRouteCanBeKeptOffTheLoop() throws IOException {
    Path terms = Files.writeString(folder.resolve("terms.txt"), "all sales are final", StandardCharsets.UTF_8);
    // tag::hop[]
    app.get("/terms", Handler.hop(c -> {
      try (var file = new BufferedReader(new FileReader(terms.toFile(), StandardCharsets.UTF_8))) {
        return c.text(file.readLine());
      }
    }));
    // end::hop[]
    assertEquals("all sales are final", get(ServerOptions.port(0), "/terms").body());
    assertEquals("handler (hop)", app.routes().getFirst().hopsAt());
  }

  @Test
  void theBoundsAreOptions() throws IOException {
    app.get("/", c -> c.text("x"));
    // tag::bounds[]
    ServerOptions options = ServerOptions.port(8080)
        .withConcurrency(Concurrency.defaults()
            .withMaxConcurrent(200) // in handlers; 4,096 by default
            .withQueue(50, Duration.ofMillis(100))); // 1,024 for 500 ms by default
    // end::bounds[]
    assertEquals("x", get(options, "/").body());
  }

  @Test
  void healthIsNotBounded() throws IOException {
    // tag::exempt[]
    app.get("/health", Handler.exempt(c -> c.text("ok")));
    // end::exempt[]
    assertEquals("ok", get(ServerOptions.port(0), "/health").body());
    assertTrue(app.describe().contains("exempt"));
  }
}
