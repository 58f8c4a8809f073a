package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all see is rendered for the first of them and sent to the others; what is a visitor's own is nobody else's, and nothing of it is old. */
class TheFirstPageIsRenderedOnceTest {
  private final CutWires wires = new CutWires();
  private RunningShop shop;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.on(wires);
    assertTrue(timing(shop.browser().get("/")).contains("render;dur="), "the first one is rendered");
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @Test
  void theSecondVisitorHasTheSamePageAndHolesOfHisOwn() {
    Browser ada = shop.customer("ada");
    ada.add(7, 3);
    ada.get("/products/9");
    Response hers = kept(ada.get("/"));
    assertTrue(hers.text().contains("Log out ada"), hers.text());
    assertTrue(hers.text().contains("id=\"cart-count\">3<"));
    assertTrue(hers.text().contains("You have looked at"));
    Response others = kept(shop.browser().get("/"));
    assertTrue(others.text().contains("<a href=\"/login\">Log in</a>"));
    assertTrue(others.text().contains("id=\"cart-count\">0<"));
    assertFalse(others.text().contains("You have looked at"));
    assertEquals(common(hers), common(others));
    for (Response each : new Response[]{hers, others}) {
      assertEquals("private, no-cache", each.header("Cache-Control").orElseThrow());
      assertTrue(timing(each).contains("trace;desc=\"" + between(each.text(), "data-trace=\"") + "\""));
    }
  }

  @Test
  void eachMarketAndEachColourSchemeHasItsOwn() {
    Browser britain = shop.browser().with("CF-IPCountry", "GB");
    assertTrue(timing(britain.get("/")).contains("render;dur="));
    assertTrue(main(kept(britain.get("/"))).contains("£"));
    assertFalse(main(kept(shop.browser().get("/"))).contains("£"));
    britain.withCookie("scheme", "dark");
    assertTrue(britain.get("/").text().contains("data-scheme=\"dark\""));
    assertFalse(kept(shop.browser().get("/")).text().contains("data-scheme"));
    Browser abroad = shop.browser().with("CF-IPCountry", "GB").withCookie("market", "US");
    String offered = abroad.get("/").text();
    assertTrue(offered.contains("Show prices in GBP"), offered);
    assertFalse(kept(shop.browser().get("/")).text().contains("Show prices in"));
  }

  @Test
  void aNewPriceIsShownAsSoonAsTheCatalogueHasIt() throws Exception {
    Matcher tile = Pattern.compile("href=\"/products/(\\d+)\"").matcher(kept(shop.browser().get("/")).text());
    assertTrue(tile.find());
    String product = tile.group(1);
    Browser keeper = shop.keeper();
    String goods = "/admin/products/" + product;
    Form edit = Form.of(keeper.get(goods), goods);
    assertEquals(303, keeper.post(goods, edit.encoded(Map.of("price", "1234.56"))).status());
    Response page = shop.browser().get("/");
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (timing(page).contains("STALE") && System.nanoTime() < end) { // what the catalogue answers while the new rows are a tenth of a second late
      page = shop.browser().get("/");
    }
    assertTrue(timing(page).contains("render;dur="), timing(page));
    assertTrue(page.text().contains("$1,234.56"), page.text());
  }

  @Test
  void theBarTellsOfTheCatalogueAndNotOfThePage() {
    wires.advance(Duration.ofSeconds(42));
    Response page = kept(shop.browser().get("/"));
    assertTrue(timing(page).contains("cache;desc=\"HIT memory\""), timing(page));
    assertEquals("memory", between(page.text(), "data-edge=\"step\">"));
    assertEquals("42.0 s", between(page.text(), "data-edge=\"age\">"));
    assertFalse(page.text().contains("<th scope=\"row\">render</th>"), "nothing was rendered");
  }

  @Test
  void whatStandsInTheAddressIsInThatPageAlone() {
    String page = shop.browser().get("/?from=letter&q=tea").text();
    assertTrue(page.contains("name=\"return\" value=\"/?from&#61;letter&amp;q&#61;tea\"")
        || page.contains("name=\"return\" value=\"/?from=letter&amp;q=tea\""), page);
    assertFalse(kept(shop.browser().get("/")).text().contains("letter"));
  }

  /** The page, which was not rendered for this request. */
  private static Response kept(Response page) {
    assertEquals(200, page.status());
    assertFalse(timing(page).contains("render;dur="), timing(page));
    assertTrue(timing(page).contains("holes;dur="), timing(page));
    return page;
  }

  private static String main(Response page) {
    String text = page.text();
    return text.substring(text.indexOf("<main"), text.indexOf("</main>"));
  }

  /** From the hero to the shelves. */
  private static String common(Response page) {
    String text = main(page);
    int looked = text.indexOf("<section aria-labelledby=\"seen\">");
    return (looked < 0 ? text : text.substring(0, looked)).replaceAll("\\s+(</main>)?$", "");
  }

  private static String timing(Response response) {
    return String.join(", ", response.headers().all("Server-Timing"));
  }

  private static String between(String text, String before) {
    int from = text.indexOf(before);
    assertTrue(from >= 0, () -> before + " in " + text);
    int start = from + before.length();
    return text.substring(start, start + text.substring(start).replaceAll("[\"<](?s:.*)", "").length());
  }
}
