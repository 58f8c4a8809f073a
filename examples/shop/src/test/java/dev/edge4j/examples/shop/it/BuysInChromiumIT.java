package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * A person buys something: with scripts, without them, on a phone, by the keyboard alone; and no page makes the console speak.
 */
@ExtendWith(SharedShop.Visitors.class)
class BuysInChromiumIT {
  private static final URI SCRIPT_TEST = URI.create(
      "data:text/html,%3Ctitle%3Eoff%3C/title%3E%3Cscript%3Edocument.title='on'%3C/script%3E");

  private static final String HOLD_ANSWERS = """
      const ask = window.fetch;
      const held = new Promise((go) => { window.letGo = go; });
      window.fetch = (...all) => Promise.all([ask(...all), held]).then(([response]) => response);
      """;

  /** Is done when an empty cart is somewhere in the page. */
  private static final String LET_THEM_COME = """
      return new Promise((done) => {
        new MutationObserver(() => document.querySelector(".empty") && done(true)).observe(document, { childList: true, subtree: true });
        letGo();
      });
      """;

  @TempDir static Path profiles;

  @AutoClose private static Browser scripted;
  @AutoClose private static Browser plain;
  private static URI home;

  @BeforeAll
  static void enterTheShop(SharedShop shop) {
    scripted = Browser.open(profiles.resolve("scripted"), true);
    plain = Browser.open(profiles.resolve("plain"), false);
    home = shop.at("/");
  }

  @Test
  void with_javascript() {
    buyWithScripts(home, scripted.fresh());
  }

  /** A drawer may be closed before the answer to what was done in it comes. */
  @Test
  void what_comes_for_a_closed_drawer_leaves_the_page_alone() {
    Browser browser = scripted.fresh();
    String product = findSomething(home, browser);
    browser.click("form.buy button");
    browser.waitForText(".drawer[open] .line .what", product);
    browser.script(HOLD_ANSWERS);
    browser.click(".drawer form[action='/cart/remove'] button");
    browser.click(".drawer .close");
    assertEquals(true, browser.script(LET_THEM_COME));
    assertEquals(product, browser.see("#main h1").getText());
    browser.assertQuiet();
  }

  @Test
  void on_a_phone_of_390_pixels() {
    Browser browser = scripted.fresh().asPhone();
    buyWithScripts(home, browser, () -> register(browser, "Toni"));
  }

  @Test
  void without_javascript() {
    buyWithoutScripts(plain.fresh());
  }

  @Test
  void by_the_keyboard_alone() {
    Browser browser = scripted.fresh();
    browser.open(home);
    browser.tabTo(".skip");
    browser.press(Keys.ENTER);
    browser.followByKeys(".hero a.button");
    browser.followByKeys(".tile:not(:has(.out)) a");
    String product = browser.see("h1").getText();
    browser.tabTo("form.buy button");
    browser.press(Keys.ENTER);
    browser.waitForText(".drawer[open] .line .what", product);
    browser.followByKeys(".drawer .sum a.button");
    List<String> demo = demo(browser);
    browser.tabTo("#email");
    browser.press(demo.get(0));
    browser.tabTo("#password");
    browser.press(demo.get(1), Keys.ENTER);
    browser.waitForText("h1", "Check out");
    for (String field : List.of("street", "postcode", "city")) {
      browser.tabTo("#to-" + field);
      browser.press(field + " 12345");
    }
    browser.followByKeys("form[action='/checkout'] button.wide");
    browser.waitForText("h1", "Order ");
    assertEquals(List.of(product), lines(browser));
    browser.followByKeys("form[action='/logout'] button");
    browser.see("a[href='/login']");
    browser.assertQuiet();
  }

  @Test
  void who_takes_a_line_out_goes_on_at_the_next_and_hears_what_is_left() {
    Browser browser = scripted.fresh();
    List<String> products = List.of("2", "3");
    for (String product : products) {
      browser.open(home.resolve("/products/" + product));
      browser.click("form.buy button");
      browser.see(".drawer[open] .line a[href='/products/" + product + "']");
    }
    browser.tabTo(".drawer .line:first-child form[action='/cart/remove'] button");
    browser.press(Keys.ENTER);
    browser.waitForNews("1 thing in your cart");
    assertEquals(true, browser.script("return document.activeElement.matches(\".line a[href='/products/3']\")"));
    browser.tabTo(".drawer form[action='/cart/remove'] button");
    browser.press(Keys.ENTER);
    browser.waitForNews("Your cart is empty");
    assertEquals(true, browser.script("return document.activeElement.matches('.drawer h2')"));
    assertEquals(true, browser.script("const { left, bottom } = arguments[0].getBoundingClientRect();"
        + "return document.elementFromPoint(left + 8, bottom - 8) !== arguments[0]", browser.see(".drawer")),
        "a click below its content is none beside it");
    browser.assertQuiet();
  }

  @Test
  void what_a_drawer_cannot_do_is_said_in_it() {
    Browser browser = scripted.fresh();
    browser.open(home.resolve("/products/2"));
    browser.click("form.buy button");
    browser.see(".drawer[open] .line");
    browser.script("window.fetch = () => Promise.reject(new TypeError('no way to the shop'))");
    browser.click(".drawer form[action='/cart/remove'] button");
    browser.waitForText(".drawer .toast.shown", "did not reach the shop");
    browser.assertQuiet();
  }

  @Test
  void what_is_in_is_not_added_again_where_only_the_look_at_it_fails() {
    Browser browser = scripted.fresh();
    browser.open(home.resolve("/products/2"));
    browser.script("const through = window.fetch; window.fetch = (url, how) => url === '/cart'"
        + " ? Promise.reject(new TypeError('no way to the shop')) : through(url, how)");
    browser.follow("form.buy button");
    assertEquals("/cart", browser.address().getPath());
    browser.waitForText("#cart-count", "1");
    assertEquals("1", browser.see(".line input[type=number]").getDomProperty("value"));
  }

  /** A purchase in a shop that anybody has started, as a customer who has come before. */
  static void buyWithScripts(URI home, Browser browser) {
    buyWithScripts(home, browser, () -> logInAsDemo(browser));
  }

  private static void buyWithScripts(URI home, Browser browser, Runnable login) {
    browser.open(SCRIPT_TEST);
    assertEquals("on", browser.title());

    String product = findSomething(home, browser);
    URI here = browser.address();
    browser.click("form.buy button");
    browser.waitForText(".drawer[open] .line .what", product);
    browser.waitForText("#cart-count", "1");
    assertEquals(here, browser.address(), "with scripts, adding stays on the page");
    browser.type(".drawer #code", "WELCOME10");
    browser.click(".drawer .coupon button");
    browser.waitForText(".drawer .discount", "WELCOME10");
    browser.click(".drawer form[action='/cart/remove'] button");
    browser.waitForText(".drawer .empty", "nothing in it");
    browser.waitForText("#cart-count", "0");
    browser.click(".drawer .close");
    browser.click("form.buy button");
    browser.waitForText(".drawer .discount", "WELCOME10");
    browser.follow(".drawer .sum a.button");
    login.run();
    order(browser, product);
    takeBack(browser);
  }

  /** The same as somebody new, who buys two, writes a review afterwards, and leaves. */
  private static void buyWithoutScripts(Browser browser) {
    browser.open(SCRIPT_TEST);
    assertEquals("off", browser.title());

    String product = findSomething(home, browser);
    URI page = browser.address();
    browser.follow("form.buy button");
    assertEquals("/cart", browser.address().getPath());
    browser.type(".line input[type=number]", "2");
    browser.follow("form[action='/cart/update'] button");
    browser.waitForText("#cart-count", "2");
    browser.type("#code", "welcome10");
    browser.follow(".coupon button");
    assertEquals(List.of(product), lines(browser));
    browser.follow(".sum a.button");
    assertEquals("/login", browser.address().getPath(), "who checks out logs in first");
    register(browser, "Robin");
    order(browser, product);
    URI order = browser.address();
    browser.open(page);
    review(browser, "Robin"); // of what was taken back it would not say that it was bought
    browser.open(order);
    takeBack(browser);
    browser.follow("form[action='/logout'] button");
    browser.open(home.resolve("/cart"));
    browser.see(".empty");
    assertEquals(0, browser.all("form[action='/logout']").size(), "nobody is logged in any more");
  }

  /** From the home page to a product that can be had; returns its name. */
  private static String findSomething(URI home, Browser browser) {
    browser.open(home);
    browser.follow(".hero a.button");
    assertEquals("/products", browser.address().getPath());
    browser.follow(".tile:not(:has(.out)) a");
    assertTrue(browser.address().getPath().matches("/products/\\d+"), () -> browser.address().toString());
    return browser.see("h1").getText();
  }

  private static void logInAsDemo(Browser browser) {
    List<String> demo = demo(browser);
    browser.type("#email", demo.get(0));
    browser.type("#password", demo.get(1));
    browser.follow("form[action='/login'] button");
  }

  /** Address and password of the demo account, as the page tells them. */
  private static List<String> demo(Browser browser) {
    return browser.all(".demo b").stream().map(WebElement::getText).toList();
  }

  static void register(Browser browser, String name) {
    browser.type("#new-name", name);
    browser.type("#new-email", name + "@example.com");
    browser.type("#new-password", "a long enough password");
    browser.follow("form[action='/register'] button");
  }

  private static void order(Browser browser, String product) {
    assertEquals("/checkout", browser.address().getPath());
    assertEquals(List.of(product), lines(browser));
    browser.see(".discount");
    sendTo(browser, "Elm Street 7");
    browser.follow("form[action='/checkout'] button.wide");
    assertTrue(browser.address().getPath().matches("/orders/\\d+"), () -> browser.address().toString());
    assertEquals(List.of(product), lines(browser));
    browser.waitForText("address", "Elm Street 7");
    browser.see(".discount");
    String order = browser.see("h1").getText();
    browser.follow("main a[href='/orders']");
    assertEquals(order, lines(browser).getFirst());
    browser.follow(".line .what a");
  }

  private static void takeBack(Browser browser) {
    browser.follow("form[action$='/cancel'] button");
    browser.waitForText("#main", "now cancelled");
    browser.follow("a.cart");
    assertEquals(List.of(), lines(browser), "what was ordered has left the cart");
    browser.assertQuiet();
  }

  static void sendTo(Browser browser, String street) {
    browser.type("#to-street", street);
    browser.type("#to-postcode", "12345");
    browser.type("#to-city", "Springfield");
  }

  private static void review(Browser browser, String name) {
    browser.click(".write summary");
    browser.click(".write [value='4']");
    browser.type("#review-body", "It pours well, and it does not drip. Written by " + name + ".");
    browser.follow(".write button");
    browser.waitForText(".opinions", "Written by " + name);
    browser.waitForText(".opinions li:first-child .note", name);
    browser.waitForText(".opinions li:first-child .tag", "Has bought it here");
  }

  static List<String> lines(Browser browser) {
    return browser.all(".line .what a").stream().map(WebElement::getText).toList();
  }
}
