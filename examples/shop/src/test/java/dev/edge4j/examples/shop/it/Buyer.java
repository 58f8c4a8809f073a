package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.examples.shop.Form;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A person who buys by the forms of the pages, each product once, and knows what the shop has said to each order: his browser keeps its cookies, and a form that
 * no answer came to. He finds the shop again where it was started anew. Confined to one thread at a time.
 */
final class Buyer implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(TIMEOUT)
      .cookieHandler(new CookieManager())
      .build();
  private final String name;
  private final List<Long> bought = new ArrayList<>();
  private final List<String> accepted = new ArrayList<>();
  private Optional<Order> unanswered = Optional.empty();
  private ShopProcess shop;

  /** An order that is on its way: what is sent of its form. */
  private record Order(long product, String form) {}

  /** Opens an account of that name. */
  Buyer(String name, ShopProcess shop) {
    this.name = name;
    this.shop = shop;
    assertEquals(200, get("/login").statusCode());
    HttpResponse<String> registered = post("/register", "name=" + name + "&email=" + name
        + "%40shop.example&password=secret-" + name);
    assertEquals(303, registered.statusCode(), registered::body);
  }

  String name() {
    return name;
  }

  /** Goes on in a shop that was started anew. */
  void visit(ShopProcess again) {
    shop = again;
  }

  /** Puts one piece into the cart and orders it; throws {@link UncheckedIOException} if no answer comes. */
  void buy(long product) {
    HttpResponse<String> added = ShopClient.patiently(() -> send("/api/cart/add", "application/json",
        "{\"productId\":" + product + ",\"quantity\":1}"));
    assertEquals(200, added.statusCode(), added::body);
    HttpResponse<String> page = ShopClient.patiently(() -> get("/checkout"));
    order(new Order(product, Form.of(Response.html(200, page.body()), "/checkout").filled()));
  }

  /** Sends the form again that no answer came to, if there is one, as a person does who sees an error page. */
  void sendAgain() {
    unanswered.ifPresent(this::order);
  }

  private void order(Order order) {
    unanswered = Optional.of(order);
    HttpResponse<String> answer = ShopClient.patiently(() -> post("/checkout", order.form()));
    assertEquals(303, answer.statusCode(), answer::body);
    accepted.add(answer.headers().firstValue("Location").orElseThrow());
    bought.add(order.product());
    unanswered = Optional.empty();
  }

  boolean waitsForAnAnswer() {
    return unanswered.isPresent();
  }

  /** What the shop has said it will send. */
  List<Long> bought() {
    return bought;
  }

  /** Where each of these orders is to be seen. */
  List<String> accepted() {
    return accepted;
  }

  HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  HttpResponse<String> post(String path, String form) {
    return send(path, "application/x-www-form-urlencoded", form);
  }

  private HttpResponse<String> send(String path, String type, String body) {
    String origin = shop.address().toString();
    return send(request(path).header("Content-Type", type)
        .header("Origin", origin)
        .header("Sec-Fetch-Site", "same-origin")
        .POST(BodyPublishers.ofString(body))
        .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(shop.at(path)).timeout(TIMEOUT);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted: " + request);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
