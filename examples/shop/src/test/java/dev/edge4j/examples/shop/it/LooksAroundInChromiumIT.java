package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A person looks for something: by typing, by narrowing a list, by its variants, in the light and in the dark, in another country's money, and in vain. */
@ExtendWith(SharedShop.Visitors.class)
class LooksAroundInChromiumIT {
  /** Products that no other test of the shared shop looks at. */
  private static final long SOLD_OUT = 40;
  private static final long WITHOUT_REVIEWS_FROM_NOW_ON = 131;

  @TempDir static Path profiles;

  @AutoClose private static Browser scripted;
  @AutoClose private static Browser plain;
  private static SharedShop shop;

  @BeforeAll
  static void enterTheShop(SharedShop given) {
    shop = given;
    scripted = Browser.open(profiles.resolve("scripted"), true);
    plain = Browser.open(profiles.resolve("plain"), false);
  }

  @Test
  void with_javascript_the_search_suggests_by_keyboard() {
    Browser browser = scripted.fresh();
    browser.open(shop.at("/"));
    browser.type("#q", "teapo");
    browser.waitForText("#option-0", "Teapots");
    WebElement field = browser.see("#q");
    assertEquals("true", field.getDomAttribute("aria-expanded"));
    field.sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
    assertEquals("option-1", field.getDomAttribute("aria-activedescendant"));
    field.sendKeys(Keys.ESCAPE);
    assertEquals("false", field.getDomAttribute("aria-expanded"));
    field.sendKeys(Keys.ARROW_DOWN);
    browser.waitForText("#option-0", "Teapots");
    field.sendKeys(Keys.ARROW_DOWN, Keys.ENTER);
    browser.waitForText("h1", "Teapots");
    assertEquals("category=tea&kind=teapot", browser.address().getQuery());
    browser.assertQuiet();
  }

  @Test
  void without_javascript_everything_is_a_link_or_a_form() {
    Browser browser = plain.fresh();
    browser.open(shop.at("/"));
    browser.type("#q", "steel teapot");
    browser.follow("form.search button");
    browser.waitForText("h1", "steel teapot");
    browser.open(shop.at("/products?category=kitchen"));
    browser.follow(".sorts a[href*='sort=dearest']");
    browser.follow(".tile a");
    assertTrue(browser.address().getPath().matches("/products/\\d+"));
    browser.waitForText("#reviews", "What customers think");
    String first = browser.see("h1").getText();
    browser.follow(".variants a:not([aria-current])");
    assertNotEquals(first, browser.see("h1").getText(), "a variant is a product of its own");
    browser.see(".variants [aria-current]");
    browser.follow("form.scheme [value=dark]");
    assertEquals("dark", browser.see("html").getDomAttribute("data-scheme"));
    browser.pick("#market", "JP");
    browser.waitForText(".big-price", "¥");
    browser.open(shop.at("/"));
    browser.waitForText("section[aria-labelledby=seen]", first);
  }

  /** On a phone the filters are behind a button; beside the list they are shown without being open, which Selenium takes for hidden. */
  @Test
  void a_list_is_narrowed_on_a_phone_and_its_address_says_how() {
    Browser browser = plain.fresh().asPhone();
    browser.open(shop.at("/products"));
    narrow(browser, ".tree a[href*='category=kitchen']");
    narrow(browser, ".tree ul a[href*='kind=']");
    String kind = browser.see("h1").getText();
    narrow(browser, ".ticks a[href*='stock=in']");
    browser.click(".filters summary");
    browser.type(".range [name=min]", "5");
    browser.type(".range [name=max]", "400.50");
    browser.follow(".range button");
    String query = browser.address().getQuery();
    assertTrue(query.matches("category=kitchen&kind=[a-z-]+&min=5&max=400\\.50&stock=in"), query);
    narrow(browser, ".ticks a[href*='material=']");
    assertTrue(browser.address().getQuery().contains("material="), () -> browser.address().toString());
    browser.follow(".sorts a[href*='sort=cheapest']");
    assertTrue(browser.address().getQuery().endsWith("sort=cheapest"), () -> browser.address().toString());
    assertEquals(kind, browser.see("h1").getText());
    browser.see(".tile");
    assertEquals(0, browser.all(".tile .out").size(), "what is sold out was left out");
    int chosen = browser.all(".chosen li").size();
    browser.follow(".chosen li:first-child a");
    assertEquals(chosen - 1, browser.all(".chosen li").size());
    browser.follow(".chosen .clear");
    assertEquals(0, browser.all(".chosen li").size());
  }

  private static void narrow(Browser browser, String choice) {
    browser.click(".filters summary");
    browser.follow(choice);
  }

  @Test
  void shelves_lead_to_lists_and_products_say_whether_they_can_be_had() {
    Browser browser = scripted.fresh();
    browser.open(shop.at("/"));
    browser.follow(".shelves a[href$='category=tea']");
    browser.see(".shelves a[href$='category=tea'][aria-current]");
    browser.follow(".tile:not(:has(.out)) a");
    browser.waitForMatch(".stock", "In stock: \\d+|Only \\d left");
    browser.open(shop.at("/products/" + SOLD_OUT));
    browser.waitForText(".stock", "Sold out");
    assertEquals(false, browser.see(".buying button.button").isEnabled());
  }

  @Test
  void prices_are_those_of_the_country_that_is_picked() {
    Browser browser = scripted.fresh();
    browser.open(shop.at("/products/9"));
    browser.waitForText(".big-price", "$");
    browser.pick("#market", "DE");
    browser.waitForText(".big-price", "€");
    assertEquals("/products/9", browser.address().getPath(), "it is the same page");
    browser.pick("#market", "JP");
    browser.waitForMatch(".big-price", "¥[0-9,]+ JPY");
    browser.click("form.buy button");
    browser.waitForText(".drawer .total", "¥");
    browser.follow(".drawer .sum a.button");
    browser.open(shop.at("/"));
    browser.waitForText(".promises", "Prices in JPY");
  }

  @Test
  void the_dark_is_the_systems_or_what_was_picked() {
    Browser browser = scripted.fresh();
    try {
      browser.asSystem(false);
      browser.open(shop.at("/products"));
      double light = ground(browser);
      browser.asSystem(true);
      double dark = ground(browser);
      assertTrue(dark < light / 2, "dark " + dark + ", light " + light);
      browser.follow("form.scheme [value=light]");
      assertEquals(light, ground(browser), "what was picked counts");
      browser.asSystem(false);
      browser.follow("form.scheme [value=dark]");
      browser.open(shop.at("/cart"));
      assertEquals(dark, ground(browser), "on every page");
    } finally {
      browser.asSystem(false);
    }
  }

  /** How light the ground of the page is drawn, as a sum of three colours. */
  private static double ground(Browser browser) {
    Object sum = browser.script("const c = document.createElement('canvas').getContext('2d');"
        + "c.fillStyle = getComputedStyle(document.body).backgroundColor; c.fillRect(0, 0, 1, 1);"
        + "const [r, g, b] = c.getImageData(0, 0, 1, 1).data; return r + g + b;");
    return ((Number) sum).doubleValue();
  }

  @Test
  void what_is_not_there_is_a_page_that_leads_on() {
    Browser browser = scripted.fresh();
    browser.openFailing(shop.at("/products/999999"), 404);
    browser.waitForText("h1", "There is nothing here");
    browser.follow("main a.button");
    assertEquals("/products", browser.address().getPath());
    browser.openFailing(shop.at("/no/such/page"), 404);
    browser.waitForText("h1", "There is nothing here");
  }

  @Test
  void what_breaks_is_a_page_that_tells_a_number_and_nothing_else() throws Exception {
    breakReviews(WITHOUT_REVIEWS_FROM_NOW_ON);
    Browser browser = scripted.fresh();
    browser.open(shop.at("/login?next=/products/" + WITHOUT_REVIEWS_FROM_NOW_ON));
    BuysInChromiumIT.register(browser, "Luca");
    browser.click(".write summary");
    browser.click(".write [value='5']");
    browser.type("#review-body", "Nobody will ever read this.");
    browser.followFailing(".write button", 500);
    browser.waitForText("h1", "Something broke on our side");
    browser.waitForText("#main", "Its keeper can look it up as");
    assertTrue(!browser.see("html").getText().contains("broken by a test"), "what it was is in the log alone");
    browser.follow("main a.button");
  }

  /** Has the database refuse them, as it does what breaks one of its rules. */
  private static void breakReviews(long product) throws SQLException {
    try (Connection origin = DriverManager.getConnection("jdbc:sqlite:" + shop.data().resolve("origin.db"));
        Statement statement = origin.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("CREATE TRIGGER broken BEFORE INSERT ON reviews WHEN new.product_id = " + product
          + " BEGIN SELECT RAISE(ABORT, 'broken by a test'); END");
    }
  }
}
