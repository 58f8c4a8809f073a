package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.NotFound;
import dev.edge4j.middleware.JwtAuth;
import dev.edge4j.middleware.JwtTokens;
import dev.edge4j.middleware.RateLimit;
import dev.edge4j.middleware.RequestId;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.middleware.Timing;
import dev.edge4j.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The program of the README, over a socket. */
class HelloTest {
  record Product(long id, String name) {}

  record NewOrder(long product, int quantity) {}

  record Order(long id, NewOrder lines) {}

  /** Knows one product. */
  private static final class Catalog {
    Optional<Product> product(long id) {
      return id == 7 ? Optional.of(new Product(7, "Green tea")) : Optional.empty();
    }
  }

  /** Numbers what is ordered. */
  private static final class Orders {
    private final AtomicLong placed = new AtomicLong();

    Order place(NewOrder order) {
      return new Order(placed.incrementAndGet(), order);
    }
  }

  private final String secret = "a secret of at least thirty-two bytes";
  private final Catalog catalog = new Catalog();
  private final Orders orders = new Orders();

  private Server start(int port) {
    // tag::hello[]
    var app = new App();
    app.use(Timing.create(), RequestId.create(), SecureHeaders.create());
    app.use("/api/*", RateLimit.perClient(100, Duration.ofMinutes(1)), JwtAuth.hs256(secret));

    app.get("/", c -> c.text("Hello, edge"));
    app.get("/api/products/:id{[0-9]+}", c -> {
      long id = c.param("id").asLong();
      return c.json(catalog.product(id).orElseThrow(() -> new NotFound("no product " + id)));
    });
    app.post("/api/orders", c -> c.json(201, orders.place(c.body(NewOrder.class))));

    Server server = Server.start(app, port);
    // end::hello[]
    return server;
  }

  @Test
  void itAnswers() throws IOException, InterruptedException {
    try (Server server = start(0); HttpClient http = HttpClient.newHttpClient()) {
      var at = "http://127.0.0.1:" + server.port();
      HttpResponse<String> hello = get(http, at + "/");
      assertEquals("Hello, edge", hello.body());
      assertTrue(hello.headers().firstValue("X-Request-Id").isPresent());
      assertTrue(hello.headers().firstValue("Server-Timing").isPresent());
      assertEquals(Optional.of("nosniff"), hello.headers().firstValue("X-Content-Type-Options"));
      assertEquals(Optional.empty(), hello.headers().firstValue("RateLimit"));

      HttpResponse<String> product = get(http, at + "/api/products/7");
      assertEquals("{\"id\":7,\"name\":\"Green tea\"}", product.body());
      assertTrue(product.headers().firstValue("RateLimit").isPresent());
      assertEquals(404, get(http, at + "/api/products/8").statusCode());
      assertEquals(404, get(http, at + "/api/products/tea").statusCode());
    }
  }

  @Test
  void itTakesOrdersAndNamesTheFieldThatIsMissing() throws IOException, InterruptedException {
    try (Server server = start(0); HttpClient http = HttpClient.newHttpClient()) {
      var orders = "http://127.0.0.1:" + server.port() + "/api/orders";
      HttpResponse<String> placed = post(http, orders, "{\"product\":7,\"quantity\":2}");
      assertEquals(201, placed.statusCode());
      assertEquals("{\"id\":1,\"lines\":{\"product\":7,\"quantity\":2}}", placed.body());
      HttpResponse<String> refused = post(http, orders, "{\"product\":7}");
      assertEquals(400, refused.statusCode());
      assertTrue(refused.body().contains("quantity"), refused.body());
    }
  }

  @Test
  void itAsksForATokenWhereItIsToldTo() throws IOException, InterruptedException {
    try (Server server = start(0); HttpClient http = HttpClient.newHttpClient()) {
      var product = URI.create("http://127.0.0.1:" + server.port() + "/api/products/7");
      HttpResponse<String> refused = http.send(HttpRequest.newBuilder(product).build(), BodyHandlers.ofString());
      assertEquals(401, refused.statusCode());
      assertEquals(Optional.of("Bearer"), refused.headers().firstValue("WWW-Authenticate"));
    }
  }

  private HttpResponse<String> get(HttpClient http, String uri) throws IOException, InterruptedException {
    return send(http, HttpRequest.newBuilder(URI.create(uri)));
  }

  private HttpResponse<String> post(HttpClient http, String uri, String json)
      throws IOException, InterruptedException {
    return send(http, HttpRequest.newBuilder(URI.create(uri))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json)));
  }

  private HttpResponse<String> send(HttpClient http, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    String token = JwtTokens.hs256(secret).issue("ann", List.of(), Duration.ofMinutes(1));
    request.header("Authorization", "Bearer " + token);
    return http.send(request.version(HttpClient.Version.HTTP_1_1).timeout(Duration.ofSeconds(10)).build(),
        BodyHandlers.ofString());
  }
}
