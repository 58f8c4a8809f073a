package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.env.Env;
import dev.edge4j.server.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks whether the shop is ready is answered however often, counted by no limit and given no cookie. */
class ALoadBalancerIsNoVisitorTest {
  @TempDir Path folder;

  @Test
  void readinessIsToldBeforeTheGates() throws Exception {
    ShopOptions options = ShopOptions.of(Env.of("--rate=3", "--port=0", "--products=20", "--data=" + folder));
    try (Server server = Shop.start(options); HttpClient client = HttpClient.newHttpClient()) {
      URI shop = URI.create("http://127.0.0.1:" + server.port());
      for (int i = 0; i < 10; i++) {
        HttpResponse<String> answer = get(client, shop.resolve("/readyz"));
        assertEquals(200, answer.statusCode());
        assertEquals("ready", answer.body());
        assertEquals(List.of(), answer.headers().allValues("Set-Cookie"));
      }
      for (int i = 0; i < 3; i++) {
        assertEquals(200, get(client, shop.resolve("/login")).statusCode(), "the warm-up counts for nobody");
      }
      assertEquals(429, get(client, shop.resolve("/login")).statusCode());
    }
  }

  private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
