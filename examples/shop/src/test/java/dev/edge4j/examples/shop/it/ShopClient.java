package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.json.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * A program that shops: it keeps its cookies, and its token once it has logged in. Where it may ask twice, it takes the answer "try again" (503) for what it is: a
 * machine that is busy with other tests is slower than the shop's patience. Confined to one test.
 */
final class ShopClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ShopProcess shop;
  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(TIMEOUT)
      .cookieHandler(new CookieManager())
      .build();
  private String token = "";

  /** {@code GET /api/products/:id}. */
  record Item(long id, String name, String description, BigDecimal price, String currency, String category, long stock,
      String picture, Instant createdAt) {}

  /** {@code GET /api/products}. */
  record Shelf(List<Item> products, int page, long total, String edgeLocation) {}

  record Order(long id, String status, BigDecimal total, String currency, Instant createdAt, List<OrderLine> lines) {}

  record OrderLine(long productId, String name, int quantity, BigDecimal price) {}

  private record Orders(List<Order> orders) {}

  private record Token(String token, long expiresInSeconds, String name) {}

  private record Line(long productId, int quantity) {}

  ShopClient(ShopProcess shop) {
    this.shop = shop;
  }

  /** A page of the list, past the response cache, which knows each query for a minute. */
  Shelf list(String query) {
    return JsonCodec.jackson().read(ok(patient("/api/products?" + query + "&now=" + UUID.randomUUID())), Shelf.class);
  }

  /** A product, past the response cache. */
  Item product(long id) {
    return JsonCodec.jackson().read(ok(patient("/api/products/" + id + "?now=" + UUID.randomUUID())), Item.class);
  }

  /** Opens an account, and has its token from then on. */
  void register(String name, String email, String password) {
    prove("/api/register", 201, Map.of("name", name, "email", email, "password", password));
  }

  /** The same for an account that is there. */
  void login(String email, String password) {
    prove("/api/login", 200, Map.of("email", email, "password", password));
  }

  private void prove(String path, int status, Map<String, String> proof) {
    HttpResponse<byte[]> response = patiently(() -> post(path, proof, Map.of()));
    assertEquals(status, response.statusCode(), () -> text(response) + "\n" + shop.output());
    token = JsonCodec.jackson().read(response.body(), Token.class).token();
  }

  /** Sends an order of that much of each product, in the order that they are named. */
  HttpResponse<byte[]> send(String key, List<Long> products, int quantity) {
    var lines = Map.of("lines", products.stream().map(id -> new Line(id, quantity)).toList());
    return patiently(() -> post("/api/orders", lines, Map.of("Idempotency-Key", key)));
  }

  /** The same; fails unless it is placed. */
  Order order(String key, List<Long> products, int quantity) {
    return placed(send(key, products, quantity));
  }

  static Order placed(HttpResponse<byte[]> response) {
    assertEquals(201, response.statusCode(), () -> text(response));
    return JsonCodec.jackson().read(response.body(), Order.class);
  }

  List<Order> orders() {
    return JsonCodec.jackson().read(ok(patient("/api/orders")), Orders.class).orders();
  }

  /** Adds one piece to the cart. */
  void add(long product) {
    ok(patiently(() -> post("/api/cart/add", new Line(product, 1), Map.of())));
  }

  /** The cart as JSON. */
  String cart() {
    return new String(ok(patient("/api/cart")), StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> patient(String path) {
    return patiently(() -> get(path));
  }

  /** The answer, asked for again while it is "try again". */
  static <T> HttpResponse<T> patiently(Supplier<HttpResponse<T>> asking) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<T> response = asking.get();
    while (response.statusCode() == 503 && System.nanoTime() < end) {
      response = asking.get();
    }
    return response;
  }

  HttpResponse<byte[]> get(String path) {
    return send(request(path).build());
  }

  private HttpResponse<byte[]> post(String path, Object body, Map<String, String> fields) {
    HttpRequest.Builder request = request(path).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(JsonCodec.jackson().write(body)));
    fields.forEach(request::header);
    return send(request.build());
  }

  private HttpRequest.Builder request(String path) {
    URI target = shop.at(path);
    HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(TIMEOUT);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted: " + request);
    }
  }

  private static byte[] ok(HttpResponse<byte[]> response) {
    assertEquals(200, response.statusCode(), () -> text(response));
    return response.body();
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
