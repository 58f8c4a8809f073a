package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The bar at the foot of a page says what happened to that page, without a script, and the header fields say the same to one. */
class TheEdgeBarTellsTheTruthTest {
  @Test
  void aHitComesAfterAMissAndGrowsOlder() throws Exception {
    var wires = new CutWires();
    try (RunningShop shop = RunningShop.on(wires)) {
      Browser visitor = shop.browser();
      Response first = visitor.get("/products/7");
      assertEquals("MISS", fact(first, "cache"));
      assertEquals("replica", fact(first, "step"));
      assertEquals("0.0 s", fact(first, "lag"));
      wires.advance(Duration.ofSeconds(42));
      Response second = visitor.get("/products/7");
      assertEquals("HIT", fact(second, "cache"));
      assertEquals("memory", fact(second, "step"));
      assertEquals("42.0 s", fact(second, "age"));
      assertEquals("42.0 s", fact(second, "lag"), "nothing was carried over meanwhile");
      shop.pull();
      assertEquals("0.0 s", fact(visitor.get("/products/7"), "lag"));
    }
  }

  @Test
  void itSaysThatAPageIsStale() throws Exception {
    var wires = new CutWires();
    try (RunningShop shop = RunningShop.on(wires)) {
      shop.browser().get("/products/7");
      wires.replica.cut = true;
      wires.origin.cut = true;
      wires.advance(Duration.ofHours(3));
      Response page = shop.browser().get("/products/7");
      assertEquals("STALE", fact(page, "cache"));
      assertEquals("stale-memory", fact(page, "step"));
      assertEquals("3 h", fact(page, "age"));
    }
  }

  @Test
  void itSaysThatNothingButThePageOfTheStartAnswered() throws Exception {
    var wires = new CutWires();
    try (RunningShop shop = RunningShop.on(wires)) {
      wires.kv.cut = true;
      wires.replica.cut = true;
      wires.origin.cut = true;
      shop.stores().objects().close();
      Response page = Browser.whole(shop.app().request("/products/7?x=%3Cb%3E"));
      assertEquals(503, page.status());
      assertEquals("NONE", fact(page, "cache"));
      assertEquals("static", fact(page, "step"));
      assertEquals("–", fact(page, "age"));
      assertEquals("local", fact(page, "region"));
      assertTrue(page.text().contains("Nothing but this page could answer"), page.text());
      assertTrue(page.text().contains("<th scope=\"row\">catalog</th>"), "what was tried in vain took its time");
      assertTrue(timing(page).contains("cache;desc=\"NONE static\""), timing(page));
      assertFalse(timing(page).contains("age;dur="), timing(page));
      assertTrue(timing(page).contains("trace;desc=\"" + between(page.text(), "data-trace=\"", "\"") + "\""));
      Response problem = shop.app().request("/api/products/7");
      assertTrue(timing(problem).contains("cache;desc=\"NONE static\""), timing(problem));
    }
  }

  @Test
  void pageAndHeaderFieldsAreOfOneRequest() throws Exception {
    try (RunningShop shop = RunningShop.with("--canary=50")) {
      Browser visitor = shop.browser();
      Response page = visitor.get("/products/7");
      String trace = between(page.text(), "data-trace=\"", "\"");
      assertTrue(timing(page).contains("trace;desc=\"" + trace + "\""), timing(page));
      assertTrue(timing(page).contains("cache;desc=\"MISS replica\""), timing(page));
      assertEquals(page.header("X-Canary").orElseThrow(), fact(page, "bucket"));
      for (String layer : List.of("gates", "catalog", "cart")) {
        assertTrue(page.text().contains("<th scope=\"row\">" + layer + "</th>"), layer);
        assertTrue(timing(page).matches(".*\\b" + layer + ";dur=[0-9.]+.*"), layer);
        assertTrue(timing(page).contains("at-" + layer + ";dur="), layer);
      }
      assertNotEquals(trace, between(visitor.get("/products/7").text(), "data-trace=\"", "\""));
    }
  }

  @Test
  void theCartIsShownByAHashAndNeverByTheNameThatOpensIt() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Browser visitor = shop.browser();
      assertEquals("none yet", fact(visitor.get("/"), "object"));
      Response page = visitor.get("/");
      assertTrue(fact(page, "object").matches("[0-9a-f]{8}"), fact(page, "object"));
      assertEquals(fact(page, "object"), fact(visitor.get("/cart"), "object"));
      assertFalse(page.text().contains(visitor.cookie("visitor")));
      assertFalse(timing(page).contains(visitor.cookie("visitor")));
    }
  }

  @Test
  void aWaterfallStaysWithinItsDrawing() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      String page = shop.browser().get("/").text();
      Matcher bars = Pattern.compile("<rect class=\"l-\\w+\" x=\"(\\d+)\" y=\"0\" width=\"(\\d+)\"").matcher(page);
      int count = 0;
      while (bars.find()) {
        count++;
        int x = Integer.parseInt(bars.group(1));
        int width = Integer.parseInt(bars.group(2));
        assertTrue(width > 0 && x + width <= 1000, x + " and " + width);
      }
      assertTrue(count >= 6, "bars: " + count);
    }
  }

  private static String timing(Response response) {
    return String.join(", ", response.headers().all("Server-Timing"));
  }

  private static String fact(Response page, String name) {
    return between(page.text(), "data-edge=\"" + name + "\">", "<");
  }

  private static String between(String text, String before, String after) {
    int from = text.indexOf(before);
    assertTrue(from >= 0, () -> before + " in " + text);
    return text.substring(from + before.length(), text.indexOf(after, from + before.length()));
  }
}
