package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Prices by country, versions by share, and measurements of all of it. */
class VisitorsSeeTheirOwnShopTest {
  private static final int VISITORS = 2_000;

  @Test
  void pricesFollowTheCountryAndWhatWasPicked() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      assertTrue(shop.browser().get("/products/1").text().contains("class=\"price big-price\">$"));
      Browser britain = shop.browser().with("CF-IPCountry", "GB");
      assertTrue(britain.get("/products/1").text().contains("class=\"price big-price\">£"));
      Response picked = britain.post("/market", "country=JP&return=%2Fproducts%2F1");
      assertEquals("/products/1", picked.header("Location").orElseThrow());
      assertTrue(britain.get("/products/1").text().contains("JPY"));
      assertTrue(shop.browser().with("CF-IPCountry", "AT").get("/products/1").text().contains("€"));
    }
  }

  @Test
  void oneInTwentyVisitorsSeesTheNextVersionAndKeepsIt() throws Exception {
    try (RunningShop shop = RunningShop.with("--canary=5")) {
      int next = 0;
      for (int i = 0; i < VISITORS; i++) {
        Browser visitor = shop.browser().withCookie("visitor", "%032x".formatted(i * 7_919L));
        String version = visitor.get("/api/cart").header("X-Canary").orElseThrow();
        if (version.equals("next")) {
          next++;
          assertEquals("next", visitor.get("/api/products").header("X-Canary").orElseThrow());
        }
      }
      assertTrue(next > VISITORS * 0.03 && next < VISITORS * 0.07, "next: " + next + " of " + VISITORS);
    }
  }

  @Test
  void aNewVisitorStaysWithTheVersionOfTheFirstPage() throws Exception {
    try (RunningShop shop = RunningShop.with("--canary=50")) {
      for (int i = 0; i < 20; i++) {
        Browser visitor = shop.browser();
        String first = visitor.get("/").header("X-Canary").orElseThrow();
        Response second = visitor.get("/");
        assertEquals(first, second.header("X-Canary").orElseThrow());
        assertEquals(first.equals("next"), second.text().contains("Buy less, keep it longer"));
      }
    }
  }

  @Test
  void everyRequestIsMeasuredAfterItsAnswer() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      shop.browser().with("CF-IPCountry", "FR").get("/api/products");
      shop.settle();
      shop.mesh().events("analytics").flush();
      String event = shop.lastEvent();
      for (String part : List.of("\"path\":\"/api/products\"", "\"method\":\"GET\"", "\"country\":\"FR\"",
          "\"region\":\"local\"", "\"cacheStatus\":\"MISS\"", "\"totalMicros\":")) {
        assertTrue(event.contains(part), event);
      }
    }
  }

  @Test
  void errorsHaveTheShopsFace() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Response page = shop.browser().get("/no/such/page");
      assertEquals(404, page.status());
      assertTrue(page.text().startsWith("<!DOCTYPE html>"));
      assertTrue(page.text().contains("There is nothing here"));
      Response problem = shop.browser().get("/api/nothing");
      assertEquals("application/problem+json", problem.header("Content-Type").orElseThrow());
    }
  }

  @Test
  void eachPageOfAListStandsForItselfAndLeadsBack() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Browser visitor = shop.browser();
      String second = visitor.get("/products?sort=name&category=tea&page=2").text().replace("&#61;", "=");
      assertTrue(second.contains("<link rel=\"canonical\" href=\"http://localhost/products?category=tea&amp;page=2\">"),
          second);
      assertTrue(visitor.get("/products?page=1")
          .text()
          .contains("<link rel=\"canonical\" href=\"http://localhost/products\">"));
      Response behindTheLast = visitor.get("/products?page=11");
      assertEquals(404, behindTheLast.status());
      assertTrue(behindTheLast.text().contains("This list ends with page 10"), behindTheLast::text);
      assertTrue(visitor.get("/products?q=oak").text().contains(" products.</p>"));
    }
  }

  @Test
  void noPageHasInlineStyleOrCode() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Browser customer = shop.customer("ada");
      customer.add(1, 1);
      for (String path : List.of("/", "/products?category=tea", "/products/1", "/cart", "/checkout", "/orders",
          "/login")) {
        String page = customer.get(path).text();
        assertFalse(page.contains(" style="), path);
        assertFalse(page.matches("(?s).*\\son\\w+=.*"), path);
        assertTrue(page.contains("<title>"), path);
        assertEquals(1, page.split("<h1", -1).length - 1, path);
      }
    }
  }

  @Test
  void scriptsFindEachOtherAndAreSentCompressed() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Browser visitor = shop.browser();
      String page = visitor.get("/").text();
      Response script = visitor.get(address(page, "/assets/app", ".js"));
      String socket = "/assets" + script.text().replaceAll("(?s).*import[(]\"[.](/edge-socket[^\"]+)\".*", "$1");
      assertTrue(socket.matches("/assets/edge-socket\\.[0-9a-f]{10}\\.js"), socket);
      assertTrue(visitor.get(socket).text().contains("export class EdgeSocket {"));
      assertTrue(shop.compressed(), "nothing is compressed");
      Response zipped = visitor.with("Accept-Encoding", "gzip").get(address(page, "/assets/app", ".css"));
      assertEquals("gzip", zipped.header("Content-Encoding").orElseThrow());
      assertEquals(304, visitor.with("If-None-Match", zipped.header("ETag").orElseThrow())
          .get(address(page, "/assets/app", ".css"))
          .status());
    }
  }

  private static String address(String page, String before, String after) {
    Matcher address = Pattern.compile(Pattern.quote(before) + "[.][0-9a-f]+" + Pattern.quote(after)).matcher(page);
    assertTrue(address.find(), before);
    return address.group();
  }

  @Test
  void assetsAndPicturesNeverChange() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      String page = shop.browser().get("/").text();
      for (String kind : List.of("/assets/app.", "/img/")) {
        int at = page.indexOf(kind);
        String path = page.substring(at, page.indexOf('"', at));
        Response file = shop.browser().get(path);
        assertEquals(200, file.status(), path);
        assertTrue(file.header("Cache-Control").orElseThrow().contains("immutable"));
      }
      assertEquals(404, shop.browser().get("/img/999999999.svg").status());
      assertEquals(404, shop.browser().get("/assets/app.0123456789.css").status());
      assertEquals(404, shop.browser().get("/sitemap-999.xml").status());
      assertEquals(200, shop.browser()
          .get(shop.browser().get("/favicon.ico").header("Location").orElseThrow())
          .status());
      assertEquals(200, shop.browser().get("/robots.txt").status());
    }
  }
}
