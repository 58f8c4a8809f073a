package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The edge bar and the dashboard in a browser, completed and live with scripts, whole without; and what their switches do to the pages. The shop is closed behind the last test,
 * which lets a thousand shoppers in.
 */
@TestMethodOrder(OrderAnnotation.class)
class TheEdgeInChromiumIT {
  private static final String ORIGIN = "form:has([value=origin]):has([name=cut]) button";
  private static final String SLOWER = "form:has([value=origin]):has([name=delay]) button";

  @TempDir static Path data;
  @TempDir static Path profiles;

  @AutoClose private static Browser scripted;
  @AutoClose private static Browser plain;
  @AutoClose private static ShopProcess shop;

  @BeforeAll
  static void openTheShop() {
    Tool.CHROMIUM.require();
    shop = ShopProcess.start(data);
    scripted = Browser.open(profiles.resolve("scripted"), true);
    plain = Browser.open(profiles.resolve("plain"), false);
  }

  @Test
  void the_bar_tells_all_that_happened_to_the_page() {
    Browser browser = scripted.fresh();
    browser.open(shop.at("/products/7"));
    browser.click("form.buy button");
    browser.waitForText("#cart-count", "1");
    browser.open(shop.at("/products/7"));
    openBar(browser);
    browser.waitForMatch("[data-edge=protocol]", "HTTP/1\\.1");
    browser.waitForMatch("[data-edge=bytes]", "[0-9,]+( of [0-9,]+)?");
    browser.waitForMatch("[data-edge=codec]", "br|gzip|zstd|identity|compressed");
    browser.waitForMatch("[data-edge=cache]", "HIT");
    browser.waitForMatch("[data-edge=step]", "memory");
    browser.waitForMatch("[data-edge=age]", "[0-9.]+ s");
    browser.waitForMatch("[data-edge=lag]", "[0-9.]+ s");
    browser.waitForMatch("[data-edge=region]", "local");
    browser.waitForMatch("[data-edge=object]", "[0-9a-f]{8}");
    browser.waitForMatch("[data-edge=bucket]", "stable|next");
    browser.waitForMatch("[data-edge=total]", "[0-9.]+");
    for (String layer : List.of("gates", "catalog", "cart", "render")) {
      browser.waitForText("#edge-waterfall", layer);
    }
    browser.waitForText("[data-edge=network]", "for the first byte");
    browser.assertQuiet();
  }

  @Test
  void without_javascript_bar_and_dashboard_are_there() {
    Browser browser = plain.fresh();
    browser.open(shop.at("/products/9"));
    assertEquals(0, browser.all("#edgebar[open]").size());
    openBar(browser);
    browser.waitForText("#edge-waterfall", "catalog");
    browser.waitForText("[data-edge=region]", "local");
    browser.follow(".edgelinks a[href='/_edge']");
    browser.follow("form:has([value=cache]) button");
    browser.waitForText("#edge-switches", "Give back");
    browser.waitForText("#edge-events", "the cache was taken away");
    browser.follow("form:has([value=cache]) button");
  }

  @Test
  void what_one_does_at_the_dashboard_another_sees_at_once() {
    Browser browser = scripted.fresh();
    browser.open(shop.at("/_edge"));
    String watcher = browser.tab();
    browser.waitForText("#edge-live", "live");
    browser.waitForText("#edge-map", "This shop is on its own");
    browser.openTab(shop.at("/_edge"));
    for (String layer : List.of("cache", "replica", "origin")) {
      browser.follow("form:has([value=" + layer + "]) button");
    }
    browser.openFailing(shop.at("/products/150"), 503);
    browser.waitForText("h1", "The shelves are out of sight");
    browser.open(shop.at("/_edge"));
    String keeper = browser.tab();
    browser.show(watcher);
    browser.waitForText("#edge-events", "the origin was taken away");
    browser.waitForText("#edge-caches", "stale");
    browser.show(keeper);
    for (String layer : List.of("cache", "replica", "origin")) {
      browser.follow("form:has([value=" + layer + "]) button");
    }
    browser.show(watcher);
    browser.waitForText("#edge-events", "the origin was given back");
    browser.assertQuiet();
  }

  @Test
  void who_logs_in_while_the_origin_is_away_is_told_so() {
    Browser browser = plain.fresh();
    browser.open(shop.at("/_edge"));
    browser.follow(ORIGIN);
    try {
      browser.open(shop.at("/login"));
      browser.type("#email", "demo@shop.example");
      browser.type("#password", "edge-first");
      browser.followFailing("form[action='/login'] button", 503);
      browser.waitForText("h1", "Not just now");
    } finally {
      browser.open(shop.at("/_edge"));
      browser.follow(ORIGIN);
    }
  }

  @Test
  void reviews_that_are_late_come_into_a_page_that_is_read_already() {
    slowly(() -> {
      Browser browser = scripted.fresh();
      browser.openTab(shop.at("/cart")); // closed with its script by the next test
      browser.beforeEachPage(Late.WATCH);
      Late.assertLate(browser, unseen(31));
    });
  }

  @Test
  void they_come_without_javascript_too() {
    slowly(() -> {
      Late.assertPaintedBeforeTheEnd(plain.fresh(), unseen(51));
    });
  }

  /** Pages of products, from that one on, that no other test opens. */
  private static List<URI> unseen(int first) {
    return IntStream.range(first, first + 5).mapToObj(id -> shop.at("/products/" + id)).toList();
  }

  @Test
  void the_source_has_a_named_range_and_later_its_template() {
    slowly(() -> Late.assertNative(shop.at("/products/23")));
  }

  /** Runs a step while the origin takes a second longer, which somebody at the dashboard has asked for. */
  private static void slowly(Runnable step) {
    Browser keeper = plain.fresh();
    keeper.open(shop.at("/_edge"));
    keeper.follow(SLOWER);
    keeper.waitForText("#edge-events", "the origin answers 1000 ms later");
    try {
      step.run();
    } finally {
      keeper.fresh().open(shop.at("/_edge"));
      keeper.follow(SLOWER);
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void a_thousand_shoppers_are_split_by_the_slider_and_a_bad_version_is_taken_back_by_itself() {
    Browser browser = scripted.fresh();
    browser.open(shop.at("/_edge"));
    browser.waitForText("#edge-live", "live");
    browser.clickMiddle("#percent");
    browser.waitForMatch("#percent-shown", "50 %");
    browser.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    browser.waitForMatch("#percent-shown", "40 %");
    browser.follow("form.slider button");
    browser.waitForText("#edge-split", "40 %");
    browser.waitForText("#edge-events", "40 % of the visitors see the next version from now on");
    browser.waitForText("#edge-live", "live");
    browser.followByEnter("#edge-split button"); // before they come: they stay for twenty seconds, however busy the machine is
    browser.waitForText("#edge-split button", "Mend the next version");
    browser.waitForText("#edge-live", "live");
    browser.followByEnter("#edge-crowd button");
    browser.waitForMatch("#edge-crowd", "(?s)[1-9]\\d* pages asked for.*");
    browser.waitForText("#edge-events", "1000 virtual shoppers have come");
    browser.waitForMatch("#edge-split", "(?s).*next \\d{2,}\\s.*stable \\d{2,}\\s.*");
    browser.waitForText("#edge-events", "the next version was taken back: ");
    browser.waitForText("#edge-split", "0 %");
    browser.waitForMatch("#edge-figures", "(?s).*failed\\s+[1-9].*");
    browser.assertQuiet();
  }

  /** Opens the bar at the foot of the page, by its key. */
  static void openBar(Browser browser) {
    if (browser.all("#edgebar[open]").isEmpty()) {
      browser.see("#edgebar summary").sendKeys(Keys.ENTER);
    }
    assertTrue(browser.see("#edgebar[open] .edgebody").isDisplayed());
  }
}
