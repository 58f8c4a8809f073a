package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One origin and three edges in a browser: another region is another currency and the same cart, a price is changed everywhere at once, and the origin may be away. */
class TheWorldInChromiumIT {
  private static final String ORIGIN = "form:has([value=origin]):has([name=cut]) button";
  private static final double BOTH_WAYS_FROM_TOKYO = 146;
  private static final Pattern PLACE = Pattern.compile(
      "^(Tokyo|London|São Paulo|Virginia) +(http://127\\.0\\.0\\.1:\\d+) ",
      Pattern.MULTILINE);

  @TempDir static Path data;
  @TempDir static Path profile;

  @AutoClose private static Browser visitor;
  @AutoClose private static ShopProcess world;
  private static final Map<String, URI> PLACES = new TreeMap<>();

  @BeforeAll
  static void openTheWorld() {
    Tool.CHROMIUM.require();
    world = ShopProcess.start(data, "--world=true");
    for (Matcher place = PLACE.matcher(world.output()); place.find();) {
      PLACES.put(place.group(1), URI.create(place.group(2)));
    }
    assertEquals(4, PLACES.size(), world::output);
    visitor = Browser.open(profile, true);
  }

  @Test
  void another_region_is_another_currency_with_the_same_goods_and_the_same_cart() {
    Browser browser = visitor.fresh();
    browser.open(at("Tokyo", "/"));
    browser.waitForText(".promises", "Free delivery in Japan");
    browser.waitForText(".promises", "Prices in JPY, all taxes included");
    browser.waitForText(".promises", "Answered from tokyo");
    browser.open(at("Tokyo", "/products/9"));
    String product = browser.see("h1").getText();
    browser.waitForMatch(".big-price", "¥[0-9,]+ JPY");
    browser.click("form.buy button");
    browser.waitForText("#cart-count", "1");
    browser.click(".drawer .close");
    goTo(browser, "London", "london");
    assertEquals(product, browser.see("h1").getText());
    browser.waitForMatch(".big-price", "£[0-9.,]+ GBP");
    browser.waitForText("#cart-count", "1");
    String trace = trace(browser);
    goTo(browser, "São Paulo", "sao-paulo");
    assertEquals(product, browser.see("h1").getText());
    browser.waitForMatch(".big-price", "R\\$\\s?[0-9.,]+ BRL");
    assertNotEquals(trace, trace(browser), "the waterfall is another request's");
    browser.follow("a.cart");
    assertEquals(List.of(product), BuysInChromiumIT.lines(browser), "the cart has come along");
    browser.open(at("São Paulo", "/"));
    browser.waitForText(".promises", "Free delivery in Brazil");
  }

  @Test
  void the_same_page_without_an_edge_takes_both_ways() {
    Browser browser = visitor.fresh();
    browser.open(at("Tokyo", "/products/9"));
    String product = browser.see("h1").getText();
    TheEdgeInChromiumIT.openBar(browser);
    browser.waitForText(".edgelinks", "Distances are simulated");
    browser.waitForText("#edge-waterfall", "catalog");
    assertEquals(List.of(), layer(browser, "distance"), "the edge asks nobody");
    browser.follow(".edgelinks a[href^='/_far/']");
    assertEquals(product, browser.see("h1").getText());
    TheEdgeInChromiumIT.openBar(browser);
    browser.waitForText("#edge-waterfall", "distance");
    double far = layer(browser, "distance").getFirst();
    assertTrue(far >= BOTH_WAYS_FROM_TOKYO, "took " + far + " ms");
    Number waited = (Number) browser.script(
        "const [visit] = performance.getEntriesByType('navigation'); return visit.responseStart - visit.requestStart");
    assertTrue(waited.doubleValue() >= BOTH_WAYS_FROM_TOKYO, "waited " + waited + " ms for the first byte");
    browser.waitForMatch("[data-edge=region]", "virginia");
  }

  @Test
  void the_keeper_changes_a_price_and_the_next_view_has_it_in_every_region() throws IOException {
    Browser browser = visitor.fresh();
    for (URI place : PLACES.values()) {
      browser.open(place.resolve("/products/33"));
    }
    browser.open(at("Tokyo", "/login?next=/admin"));
    browser.type("#email", "keeper@shop.example");
    browser.type("#password", Files.readString(data.resolve("virginia/keeper.password")).strip());
    browser.follow("form[action='/login'] button");
    browser.pick("#market", "US");
    browser.type("#goods", browser.see(".line a[href$='/1']").getText());
    browser.follow("form[action='/admin'] button");
    browser.open(at("Tokyo", "/admin/products/33"));
    browser.type("#price", "4321.50");
    browser.follow("form.card button");
    String took = browser.see("#took").getText();
    assertTrue(took.matches("\\d+ ms"), took);
    for (URI place : PLACES.values()) {
      browser.open(place.resolve("/products/33"));
      browser.waitForText(".big-price", "$4,321.50");
    }
    for (URI place : PLACES.values()) {
      browser.open(place.resolve("/_edge"));
      browser.waitForMatch("#edge-events", "(?s).*article 33 was changed by the keeper: shown here after \\d+ ms.*");
    }
  }

  @Test
  void the_origin_may_be_away_and_what_is_ordered_meanwhile_is_ordered_once() {
    Browser browser = visitor.fresh();
    browser.open(at("London", "/login?next=/products/17"));
    BuysInChromiumIT.register(browser, "Alex");
    String product = browser.see("h1").getText();
    browser.openTab(at("London", "/_edge"));
    String keeper = browser.tab();
    for (String town : PLACES.keySet()) {
      browser.waitForText("#edge-map", town);
    }
    browser.follow(ORIGIN);
    browser.waitForText("#edge-map", "origin out of reach");
    browser.waitForText("#edge-events", "the origin was taken away");

    browser.openTab(at("Tokyo", "/products"));
    browser.openUntil(at("Tokyo", "/products"), ".notice", "Our warehouse cannot be reached");
    browser.waitForMatch(".notice", "(?s).*What you see is \\d+ seconds? old.*");
    browser.openUntil(at("London", "/"), ".notice", "Our warehouse cannot be reached");
    browser.type("#q", product);
    browser.follow("form.search button");
    browser.waitForText(".tile .name", product);
    browser.waitForMatch(".notice", "(?s).*What you see is \\d+ seconds? old.*");
    browser.follow(".tile a");
    browser.click("form.buy button");
    browser.waitForText(".drawer[open] .line .what", product);
    browser.follow(".drawer .sum a.button");
    BuysInChromiumIT.sendTo(browser, "Harbour Road 1");
    browser.follow("form[action='/checkout'] button.wide");
    assertTrue(browser.address().getPath().matches("/orders/queued/.+"), () -> browser.address().toString());
    browser.waitForText("h1", "Accepted, will be confirmed");
    String buyer = browser.tab();

    browser.show(keeper);
    browser.follow(ORIGIN);
    browser.waitForText("#edge-events", "the origin was given back");
    browser.show(buyer);
    browser.waitForText("h1", "Confirmed");
    browser.follow("main a[href='/orders']");
    browser.openUntil(at("London", "/orders"), ".line .what", "Order "); // the breaker before the origin may still be closing
    assertEquals(1, BuysInChromiumIT.lines(browser).size(), "it is ordered once");
    browser.follow(".line .what a");
    assertEquals(List.of(product), BuysInChromiumIT.lines(browser));
    browser.waitForText("address", "Harbour Road 1");
    browser.openUntil(at("London", "/cart"), ".empty", "nothing in it");
  }

  /** Follows the region switcher of the page. */
  private static void goTo(Browser browser, String town, String region) {
    TheEdgeInChromiumIT.openBar(browser);
    browser.follow(".regions a[href^='" + PLACES.get(town) + "']");
    TheEdgeInChromiumIT.openBar(browser);
    browser.waitForMatch("[data-edge=region]", region);
  }

  private static String trace(Browser browser) {
    return String.valueOf(browser.see("#edgebar").getDomAttribute("data-trace"));
  }

  /** How many milliseconds the layers of that name took, as the waterfall tells. */
  private static List<Double> layer(Browser browser, String name) {
    return browser.all("#edge-waterfall tr")
        .stream()
        .map(row -> row.getText().strip().split("\\s+", -1))
        .filter(words -> words[0].equals(name))
        .map(words -> Double.parseDouble(words[1]))
        .toList();
  }

  private static URI at(String town, String path) {
    return PLACES.getOrDefault(town, world.address()).resolve(path);
  }
}
