package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the chain as a client sees them over a socket: edge copy, memory, and after a restart the key-value store. */
class AnswersDownTheChainIT {
  private static final String TARGET = "/api/products/7";

  @TempDir Path folder;

  @Test
  void each_step_names_itself_and_tells_the_same() throws Exception {
    String body;
    try (ShopProcess shop = ShopProcess.start(folder); HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> first = get(client, shop);
      assertEquals("replica, MISS", steps(first));
      assertEquals("public, max-age=60, stale-if-error=86400", field(first, "Cache-Control"));
      body = first.body();
      HttpResponse<String> second = get(client, shop);
      assertEquals("memory, HIT", steps(second));
      assertTrue(field(second, "Cache-Status").startsWith("edge4j; hit; "), () -> field(second, "Cache-Status"));
      assertEquals(body, second.body());
      HttpResponse<String> known = client.send(HttpRequest.newBuilder(shop.at(TARGET))
          .header("If-None-Match", field(second, "ETag"))
          .build(), BodyHandlers.ofString());
      assertEquals(304, known.statusCode());
      shop.stop();
    }
    try (ShopProcess shop = ShopProcess.start(folder); HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> kept = get(client, shop);
      assertEquals("kv", field(kept, "X-Served-From"));
      assertEquals(body, kept.body());
    }
  }

  private static HttpResponse<String> get(HttpClient client, ShopProcess shop) throws Exception {
    HttpResponse<String> response = client.send(HttpRequest.newBuilder(shop.at(TARGET)).build(), BodyHandlers
        .ofString());
    assertEquals(200, response.statusCode());
    return response;
  }

  private static String steps(HttpResponse<String> response) {
    return field(response, "X-Served-From") + ", " + field(response, "X-Cache");
  }

  private static String field(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
