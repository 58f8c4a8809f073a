package dev.edge4j.examples.shop;

import dev.edge4j.env.Env;
import dev.edge4j.server.Server;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts a small shop in a temporary folder, visits it as browsers do and stops it. What the JVM has loaded by then is what an
 * ahead-of-time cache should hold: {@code java -XX:AOTCacheOutput=... -cp ... dev.edge4j.examples.shop.Exercise}.
 */
public final class Exercise {
  private static final int ROUNDS = 30;
  private static final List<String> PAGES = List.of("/", "/products", "/products/7", "/cart", "/login", "/api/products",
      "/api/products?category=tea&sort=cheapest&page=2", "/api/products/7", "/api/products/none", "/img/7.svg",
      "/none");

  private final HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final URI shop;

  private Exercise(URI shop) {
    this.shop = shop;
  }

  /** See the class description. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("shop-exercise");
    try {
      Server server = Shop.start(ShopOptions.of(Env.of("--port=0", "--products=500", "--data=" + data)));
      try (server) {
        new Exercise(URI.create("http://127.0.0.1:" + server.port())).visit();
      }
    } finally {
      delete(data);
    }
  }

  private void visit() throws IOException, InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      for (String page : PAGES) {
        answered(HttpRequest.newBuilder(shop.resolve(page)));
      }
      answered(HttpRequest.newBuilder(shop.resolve("/api/cart/add"))
          .header("Content-Type", "application/json")
          .POST(BodyPublishers.ofString("{\"productId\":" + (i + 1) + ",\"quantity\":1}")));
    }
  }

  private void answered(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() >= 500) {
      throw new IllegalStateException(response.uri() + ": " + response.statusCode() + " " + response.body());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
