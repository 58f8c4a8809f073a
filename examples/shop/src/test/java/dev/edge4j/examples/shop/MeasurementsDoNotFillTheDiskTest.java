package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is measured of requests takes a little room for each, none for those that were too many, and none for ever. */
class MeasurementsDoNotFillTheDiskTest {
  @Test
  void whoAsksTooOftenWritesNothing() throws Exception {
    try (RunningShop shop = RunningShop.with("--rate=2")) {
      assertEquals(200, shop.browser().get("/api/products/1").status());
      assertEquals(200, shop.browser().get("/api/products/2").status());
      assertEquals(429, shop.browser().get("/api/products/3").status());
      String event = lastEvent(shop);
      assertTrue(event.contains("/api/products/2"), event);
    }
  }

  @Test
  void aPathIsCut() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      assertEquals(404, shop.browser().get("/" + "x".repeat(5_000)).status());
      String event = lastEvent(shop);
      assertTrue(event.contains("/" + "x".repeat(199) + "\""), event);
    }
  }

  @Test
  void afterAWeekItIsGone() throws Exception {
    var wires = new CutWires();
    try (RunningShop shop = RunningShop.on(wires)) {
      shop.browser().get("/api/products/1");
      assertTrue(lastEvent(shop).contains("/api/products/1"));
      wires.advance(Duration.ofDays(8));
      shop.browser().get("/api/products/2");
      assertTrue(lastEvent(shop).contains("/api/products/2"));
      assertFalse(shop.firstEvent().contains("/api/products/1"), shop.firstEvent());
    }
  }

  private static String lastEvent(RunningShop shop) throws Exception {
    shop.settle();
    shop.mesh().events("analytics").flush();
    return shop.lastEvent();
  }
}
