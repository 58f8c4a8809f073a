package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.chaos.Chaos;
import dev.edge4j.examples.shop.ops.LastMinute;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The dashboard's figures are what was asked, its forms do what they say, and nobody else gets at either. */
class TheDashboardShowsAndSwitchesTest {
  @Test
  void figuresAreWhatWasAsked() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      for (int i = 0; i < 20; i++) {
        shop.browser().get("/products/" + (1 + i % 4));
      }
      shop.browser().get("/no/such/page");
      LastMinute last = shop.monitor().view();
      assertEquals(21, last.total().count());
      assertEquals(Map.of("memory", 16L, "replica", 4L), last.steps());
      assertEquals(21, layer(last, "gates").count());
      assertEquals(20, layer(last, "catalog").count());
      String page = open(shop);
      assertTrue(page.contains("21 in the last minute"), page);
      assertTrue(page.contains("16 of 20 asked"), page);
      assertTrue(page.contains("4 of 4 asked"), page);
      assertTrue(page.contains("80.0 %"), page);
      open(shop);
      assertEquals(21, shop.monitor().view().total().count(), "looking does not count");
    }
  }

  @Test
  void itsColoursAreThoseThatWerePicked() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      String dark = shop.browser().withCookie("scheme", "dark").get("/_edge").text();
      assertTrue(dark.contains("<html lang=\"en\" data-scheme=\"dark\">"), dark);
      assertTrue(dark.contains("<meta name=\"color-scheme\" content=\"dark\">"), dark);
    }
  }

  @Test
  void eachLayerOfARequestIsInItsEvent() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      shop.browser().get("/products/1");
      shop.settle();
      shop.mesh().events("analytics").flush();
      String event = shop.lastEvent();
      assertTrue(event.matches(".*\"layers\":\"gates=\\d+ catalog=\\d+ .*cart=\\d+ render=\\d+\".*"), event);
    }
  }

  @Test
  void theOriginIsTakenAwayAndGivenBack() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Browser keeper = shop.browser().with("Sec-Fetch-Site", "same-origin");
      assertEquals(303, keeper.post("/_edge/chaos", "layer=origin&cut=true").status());
      assertTrue(shop.stores().chaos().isCut(Chaos.Layer.ORIGIN));
      assertEquals(200, shop.browser().get("/products/7").status(), "browsing goes on");
      assertTrue(open(shop).contains("aria-label=\"Give back: Origin\""));
      keeper.post("/_edge/chaos", "layer=origin&cut=false");
      assertFalse(shop.stores().chaos().isCut(Chaos.Layer.ORIGIN));
      assertEquals(List.of("the origin was given back", "the origin was taken away"), shop.monitor()
          .events()
          .stream()
          .map(event -> event.text())
          .toList());
      assertEquals(400, keeper.post("/_edge/chaos", "layer=moon&cut=true").status());
      assertEquals(400, keeper.post("/_edge/chaos", "layer=origin&cut=perhaps").status());
    }
  }

  @Test
  void theOriginIsMadeSlowAndQuickAgain() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Browser keeper = shop.browser();
      assertEquals(303, keeper.post("/_edge/chaos", "layer=origin&delay=1").status());
      assertEquals(Duration.ofMillis(1), shop.stores().chaos().delay(Chaos.Layer.ORIGIN));
      assertTrue(open(shop).contains("aria-label=\"Quick again: Origin\""));
      keeper.post("/_edge/chaos", "layer=origin&delay=0");
      assertEquals(Duration.ZERO, shop.stores().chaos().delay(Chaos.Layer.ORIGIN));
      assertEquals("the origin answers 1 ms later from now on", shop.monitor().events().getLast().text());
      assertEquals(400, keeper.post("/_edge/chaos", "layer=origin&delay=5001").status());
      assertEquals(400, keeper.post("/_edge/chaos", "layer=origin&delay=-1").status());
    }
  }

  @Test
  void anotherSiteCannotPressTheButtons() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      for (String site : List.of("cross-site", "same-site")) {
        Browser lured = shop.browser().with("Sec-Fetch-Site", site);
        assertEquals(403, lured.post("/_edge/chaos", "layer=origin&cut=true").status());
        assertEquals(403, lured.post("/_edge/canary", "percent=100").status());
        assertEquals(403, lured.post("/_edge/canary", "broken=true").status());
        assertEquals(403, lured.post("/_edge/crowd", "").status());
      }
      assertFalse(shop.stores().chaos().isCut(Chaos.Layer.ORIGIN));
      assertEquals(List.of(), shop.monitor().events());
    }
  }

  @Test
  void onlyWhoSitsAtThisMachineGetsIn() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Request here = Request.get("/_edge").withHeader("Host", "127.0.0.1:8080");
      assertEquals(200, shop.app().request(here).status());
      List<Request> others = List.of(here.withPeer(InetAddress.ofLiteral("192.0.2.7")), here.withHeader("Host",
          "shop.example"), here.withHeader("X-Forwarded-For", "127.0.0.1"), here.withHeader("Forwarded", "for=_a"));
      for (Request other : others) {
        assertEquals(404, shop.app().request(other).status(), other.headers().toString());
        assertEquals(404, shop.app()
            .request(Request.post("/_edge/chaos")
                .withForm("layer=origin&cut=true")
                .withHeaders(other.headers().with("Content-Type", "application/x-www-form-urlencoded"))
                .withPeer(other.peer()))
            .status());
      }
      assertFalse(shop.stores().chaos().isCut(Chaos.Layer.ORIGIN));
    }
  }

  @Test
  void aBadVersionIsTakenBack() throws Exception {
    try (RunningShop shop = RunningShop.with("--canary=50")) {
      Browser keeper = shop.browser();
      assertTrue(open(shop).contains("50 %"));
      keeper.post("/_edge/canary", "broken=true");
      int asked = 0;
      while (!open(shop).contains("value=\"0\"") && asked < 3_000) {
        for (int i = 0; i < 50; i++) {
          asked++;
          shop.browser().withCookie("visitor", String.format(Locale.ROOT, "%032x", asked * 7_919L)).get("/api/cart");
        }
      }
      assertTrue(asked < 3_000, "the next version was not taken back");
      assertTrue(shop.monitor().events().getFirst().text().startsWith("the next version was taken back: "), shop
          .monitor()
          .events()
          .toString());
      assertEquals("stable", shop.browser().get("/").header("X-Canary").orElseThrow());
      keeper.post("/_edge/canary", "broken=false");
      keeper.post("/_edge/canary", "percent=100");
      assertEquals("next", shop.browser().get("/").header("X-Canary").orElseThrow());
      assertEquals(400, keeper.post("/_edge/canary", "percent=101").status());
    }
  }

  @Test
  void itWorksWithoutScriptAndWithoutInlineCode() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      String page = open(shop);
      assertTrue(page.contains("<noscript><meta http-equiv=\"refresh\""), page);
      assertFalse(page.contains(" style="), page);
      assertFalse(page.matches("(?s).*\\son\\w+=.*"), page);
      assertFalse(page.contains("{{"), page);
      assertTrue(page.contains("#land"), page);
    }
  }

  private static String open(RunningShop shop) {
    Response page = shop.browser().get("/_edge");
    assertEquals(200, page.status());
    return page.text();
  }

  private static LastMinute.Layer layer(LastMinute last, String name) {
    return last.layers().stream().filter(layer -> layer.name().equals(name)).findFirst().orElseThrow();
  }
}
