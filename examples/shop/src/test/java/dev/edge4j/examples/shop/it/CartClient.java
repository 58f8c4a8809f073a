package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills and reads carts by the API, as a program does that knows a visitor's cookie. Safe for use by many threads. */
final class CartClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Pattern LINE = Pattern.compile("\"(\\d+)\":(\\d+)");

  private final ShopProcess shop;
  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(TIMEOUT)
      .build();

  CartClient(ShopProcess shop) {
    this.shop = shop;
  }

  /** Adds one piece, and returns once the shop has said that it is in; throws {@link UncheckedIOException} without an answer. */
  void add(String visitor, long product) {
    HttpRequest request = request("/api/cart/add", visitor)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"productId\":" + product + ",\"quantity\":1}"))
        .build();
    HttpResponse<String> response = ShopClient.patiently(() -> send(request));
    assertEquals(200, response.statusCode(), response::body);
  }

  /** Quantities by product in that visitor's cart. */
  Map<Long, Integer> cart(String visitor) {
    HttpResponse<String> response = ShopClient.patiently(() -> send(request("/api/cart", visitor).build()));
    assertEquals(200, response.statusCode(), response::body);
    Map<Long, Integer> cart = new TreeMap<>();
    for (Matcher line = LINE.matcher(response.body()); line.find();) {
      cart.put(Long.valueOf(line.group(1)), Integer.valueOf(line.group(2)));
    }
    return cart;
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
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

  private HttpRequest.Builder request(String path, String visitor) {
    return HttpRequest.newBuilder(shop.at(path)).timeout(TIMEOUT).header("Cookie", "visitor=" + visitor);
  }
}
