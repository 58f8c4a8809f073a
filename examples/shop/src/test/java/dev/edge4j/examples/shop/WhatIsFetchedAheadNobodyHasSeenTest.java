package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page that a browser fetches before anybody asks for it counts as looked at, and as a version shown, only once it says that it is shown. */
class WhatIsFetchedAheadNobodyHasSeenTest {
  private static final String FIELD = "Sec-Purpose";
  private static final String TELLS = "data-tell=\"/products/7/seen\"";

  private static RunningShop shop;

  @BeforeAll
  static void open() throws Exception {
    shop = RunningShop.open();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefetch", "prefetch;prerender"})
  void aPageFetchedAheadCountsWhenItIsShown(String purpose) {
    Browser visitor = shop.browser();
    visitor.get("/products/3");
    String before = visitor.cookie("seen");
    visitor.with(FIELD, purpose);
    Response page = visitor.get("/products/7");
    assertTrue(page.text().contains(TELLS), "the page does not know what to do once it is shown");
    assertEquals(before, visitor.cookie("seen"));
    assertEquals(204, visitor.get("/products/7/seen").status(), "the picture of a page that is prerendered");
    assertEquals(before, visitor.cookie("seen"));

    visitor.with(FIELD, "");
    Response told = visitor.post("/products/7/seen", "");
    assertEquals(204, told.status());
    assertEquals(List.of("private, no-store"), told.headers().all("Cache-Control"));
    assertTrue(looked(visitor).contains("/products/7"));
    assertTrue(looked(visitor).contains("/products/3"));
  }

  @Test
  void withoutScriptsAPictureTells() {
    Browser visitor = shop.browser().with(FIELD, "prefetch");
    String page = visitor.get("/products/7").text();
    assertTrue(page.contains("<noscript><img src=\"/products/7/seen\""), page);
    visitor.with(FIELD, "").get("/products/7/seen");
    assertTrue(looked(visitor).contains("/products/7"));
  }

  @Test
  void aPageThatIsVisitedHasNothingToTell() {
    Browser visitor = shop.browser();
    assertFalse(visitor.get("/products/7").text().contains("data-tell"));
    assertTrue(looked(visitor).contains("/products/7"));
  }

  @Test
  void whatThereIsNotIsNotRemembered() {
    Browser visitor = shop.browser();
    assertEquals(404, visitor.post("/products/999999/seen", "").status());
    assertEquals("", visitor.cookie("seen"));
  }

  @Test
  void aVersionIsShownByAVisitAloneAndTheEventSaysWhich() throws Exception {
    shop.settle();
    Map<String, Long> before = shop.monitor().view().versions();
    long requests = shop.monitor().requests();
    shop.browser().with(FIELD, "prefetch").get("/");
    shop.settle();
    assertEquals(before, shop.monitor().view().versions());
    assertEquals(requests + 1, shop.monitor().requests(), "it is measured all the same");
    shop.mesh().events("analytics").flush();
    assertTrue(shop.lastEvent().contains("\"purpose\":\"prefetch\""), shop.lastEvent());
    assertTrue(shop.lastEvent().contains("\"version\":\"stable\""), shop.lastEvent());
    shop.browser().get("/");
    shop.settle();
    assertEquals(before.getOrDefault("stable", 0L) + 1, shop.monitor().view().versions().get("stable"));
  }

  /** The tiles of what the visitor has looked at, as the first page shows them. */
  private static String looked(Browser visitor) {
    String home = visitor.get("/").text();
    int at = home.indexOf("You have looked at");
    assertTrue(at >= 0, home);
    return home.substring(at);
  }
}
