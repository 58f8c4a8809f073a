package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The four promises that an edge-first application is tested by, and how the catalogue's API answers. */
class EdgeFirstApplicationTest {
  private RunningShop shop;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.open();
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @Test
  void productsAreAnsweredQuickly() {
    shop.app().request("/api/products");
    long begin = System.nanoTime();
    Response response = shop.app().request("/api/products");
    Duration latency = Duration.ofNanos(System.nanoTime() - begin);
    System.out.println("second answer of /api/products after " + latency.toNanos() / 1_000 + " us");
    assertEquals(200, response.status());
    assertTrue(latency.compareTo(Duration.ofSeconds(2)) < 0, () -> "took " + latency);
  }

  @Test
  void everyResponseTellsWhereItComesFromAndHowLongItTook() {
    Response response = new Browser(shop.app()).with("CF-IPCountry", "JP").get("/api/products");
    assertTrue(response.header("X-Edge-Time").orElseThrow().endsWith("ms"));
    assertEquals("local", response.header("X-Edge-Region").orElseThrow());
    assertEquals("JP", response.header("X-User-Country").orElseThrow());
    assertTrue(response.headers().list("Server-Timing").stream().anyMatch(entry -> entry.startsWith("total;dur=")));
  }

  @Test
  void aProductPageIsHtmlWithAButtonToBuyIt() {
    Response response = Browser.whole(shop.app().request("/products/1"));
    assertEquals(200, response.status());
    assertTrue(response.text().startsWith("<!DOCTYPE html>"));
    assertTrue(response.text().contains("Add to Cart"));
    assertTrue(response.header("X-Cache").isPresent());
  }

  @Test
  void theSecondAnswerComesFromTheCache() {
    assertEquals("MISS", shop.app().request("/api/products?category=tea").header("X-Cache").orElseThrow());
    Response second = shop.app().request("/api/products?category=tea");
    assertEquals("HIT", second.header("X-Cache").orElseThrow());
    assertEquals("public, max-age=60, stale-if-error=86400", second.header("Cache-Control").orElseThrow());
  }

  @Test
  void aPageOfProductsSaysHowManyThereAre() {
    Response response = shop.app().request("/api/products?page=10");
    assertTrue(response.text()
        .contains("\"page\":10,\"total\":" + RunningShop.PRODUCTS + ",\"edgeLocation\":\"local\""),
        response.text());
    assertEquals(20, response.text().split("\"id\":", -1).length - 1);
  }

  @Test
  void aProductThatIsNotThereIsA404WithItsReason() {
    Response response = shop.app().request("/api/products/999999");
    assertEquals(404, response.status());
    assertTrue(response.text().contains("\"error\":\"Product not found\""), response.text());
  }
}
