package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Deadline;
import dev.edge4j.client.OriginCall;
import dev.edge4j.client.OriginClient;
import dev.edge4j.client.OriginOptions;
import dev.edge4j.client.OriginResponse;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.Timeout;
import dev.edge4j.observe.traces.Traces;
import dev.edge4j.proxy.Proxy;
import dev.edge4j.resilience.Hedge;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The listings of docs/origin.md. */
class OriginGuideTest {
  private final App app = new App();
  private final Server origin = Server.start(origin(), ServerOptions.port(0).withHost("127.0.0.1"));
  private final String url = "http://127.0.0.1:" + origin.port();

  private static App origin() {
    var app = new App();
    app.get("/prices/:id", c -> c.text("price of " + c.param("id").asString() + " for " + c.header("X-Forwarded-Host")
        .orElse("us")));
    app.post("/orders", c -> c.text(201, "ordered " + c.bodyText()));
    return app;
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  @Test
  void asking() throws IOException {
    // tag::ask[]
    OriginClient prices = OriginClient.to(url); // one for each origin, made at start
    try (OriginResponse response = prices.send(Request.get("/prices/7"))) {
      assertEquals(200, response.status());
      assertEquals("price of 7 for us", response.text(10_000)); // so many bytes at most
    }
    // end::ask[]
    prices.close();
  }

  @Test
  void sendingOn() {
    OriginClient orders = OriginClient.to(url);
    // tag::forward[]
    app.atOrigin("orders need strong consistency").post("/orders", c -> orders.forward(c.request()));
    // end::forward[]
    Response answer = app.request(Request.post("/orders").withJson("{}"));
    assertEquals(201, answer.status());
    orders.close();
  }

  @Test
  void standingInFront() throws Exception {
    OriginClient client = OriginClient.to(url);
    // tag::proxy[]
    app.use(Timeout.after(Duration.ofSeconds(5)));
    app.all("/api/*", Proxy.to(client).withoutPrefix("/api").hedging(Hedge.create()));
    // end::proxy[]
    try (Server edge = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
        OriginClient visitor = OriginClient.to("http://127.0.0.1:" + edge.port());
        OriginResponse response = visitor.send(Request.get("/api/prices/7").withHeader("Host", "shop.example"),
            OriginCall.plain()
                .keepingHost())) {
      assertEquals("price of 7 for shop.example", response.text(10_000));
    }
    client.close();
  }

  @Test
  void tracing() throws Exception {
    OriginClient client = OriginClient.to(url);
    // tag::traces[]
    app.use(Traces.to(OpenTelemetry.noop())); // yours
    app.get("/prices/:id", Proxy.to(client)
        .changing((c, request) -> request.withHeaders(Traces.inject(c, request.headers()))));
    // end::traces[]
    assertTrue(app.request("/prices/7").text().startsWith("price of 7"));
    client.close();
  }

  @Test
  void options() throws IOException {
    List<String> log = new CopyOnWriteArrayList<>();
    // tag::options[]
    OriginOptions options = OriginOptions.defaults()
        .withTimeouts(OriginOptions.Timeouts.defaults().withHead(Duration.ofSeconds(2)))
        .withMaxConnections(32)
        .withRetries(1)
        .withOnRetry(retry -> log.add(retry.request() + " once more: " + retry.cause().kind()));
    OriginClient prices = OriginClient.to(url, options);
    app.get("/price", c -> {
      Deadline soon = Deadline.in(Duration.ofMillis(800), c.time()).sooner(c.deadline());
      try (OriginResponse price = prices.send(Request.get("/prices/7"), OriginCall.plain().withDeadline(soon))) {
        return c.text(price.text(10_000));
      }
    });
    // end::options[]
    assertEquals("price of 7 for us", app.request("/price").text());
    assertTrue(log.isEmpty());
    prices.close();
  }
}
