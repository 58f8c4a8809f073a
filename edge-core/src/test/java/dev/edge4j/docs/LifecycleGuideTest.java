package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.server.RawClient;
import dev.edge4j.server.Readiness;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.WarmUp;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The listings of docs/server.md about start and stop. */
class LifecycleGuideTest {
  @Test
  void aServerSaysWhenItIsReadyAndGivesNoticeBeforeItStops() throws IOException {
    var app = new App();
    app.get("/", c -> c.text("home"));
    app.get("/products", c -> c.text("products"));
    var closed = new AtomicBoolean();
    AutoCloseable stores = () -> closed.set(true);
    int port = 0;
    // tag::lifecycle[]
    var readiness = Readiness.create();
    app.get("/readyz", readiness.handler());

    Server server = Server.start(app, ServerOptions.port(port)
        .withLifecycle(l -> l.withReadiness(readiness)
            .withWarmUp(WarmUp.get("/", "/products"))
            .withStopDelay(Duration.ofMillis(500))))
        .closing(stores);
    // end::lifecycle[]
    try (var client = new RawClient(server)) {
      assertEquals(200, client.get("/readyz").reply().status());
    }
    server.close();
    assertEquals(true, closed.get());
  }
}
