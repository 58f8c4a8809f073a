package dev.edge4j.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Headers;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A webhook is a POST with its signature, and taken if the receiver says so. */
class WebhooksGoOverHttpTest {
  @Test
  void whatWasTakenAndWhatWasNot() throws Exception {
    List<String> received = new CopyOnWriteArrayList<>();
    var app = new App();
    app.post("/hook", c -> {
      received.add(c.request().target().query() + " " + c.header("webhook-signature").orElse("") + " " + c.bodyText());
      return c.empty();
    });
    app.post("/moved", c -> c.redirect("/hook"));
    app.post("/full", c -> c.text(503, "later"));
    Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
    String origin = "http://127.0.0.1:" + server.port();
    try (var sender = HttpSender.create()) {
      assertTrue(sender.send(message(origin + "/hook?a=b")));
      assertFalse(sender.send(message(origin + "/moved")));
      assertFalse(sender.send(message(origin + "/full")));
      assertEquals(List.of("a=b v1,x {}"), received);
      server.close();
      assertThrows(IOException.class, () -> sender.send(message(origin + "/hook")));
    } finally {
      server.close();
    }
  }

  private static WebhookMessage message(String url) {
    return new WebhookMessage(URI.create(url), Headers.of("Content-Type", "application/json", "webhook-signature",
        "v1,x"), "{}".getBytes(UTF_8));
  }
}
