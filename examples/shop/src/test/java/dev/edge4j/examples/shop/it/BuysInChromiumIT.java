package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** A person buys something, in a browser that runs scripts and in one that does not, and no page makes its console speak. */
class BuysInChromiumIT {
  private static final URI SCRIPT_TEST = URI.create(
      "data:text/html,%3Ctitle%3Eoff%3C/title%3E%3Cscript%3Edocument.title='on'%3C/script%3E");

  @TempDir static Path data;
  @TempDir Path profile;

  @AutoClose private static ShopProcess shop;

  @BeforeAll
  static void openTheShop() {
    Tool.CHROMIUM.require();
    shop = ShopProcess.start(data);
  }

  @Test
  void with_javascript() {
    try (Browser browser = Browser.open(profile, true)) {
      browser.open(SCRIPT_TEST);
      assertEquals("on", browser.title());

      String product = findSomething(browser);
      URI here = browser.address();
      browser.see("form.buy button").click();
      browser.waitForText("#cart-count", "1");
      assertEquals(here, browser.address(), "with scripts, adding stays on the page");
      browser.follow("a.cart");
      goToCheckout(browser, product);
      logInAsDemo(browser);
      order(browser, product);
    }
  }

  @Test
  void without_javascript() {
    try (Browser browser = Browser.open(profile, false)) {
      browser.open(SCRIPT_TEST);
      assertEquals("off", browser.title());

      String product = findSomething(browser);
      browser.follow("form.buy button");
      goToCheckout(browser, product);
      register(browser);
      order(browser, product);
    }
  }

  /** From the home page to a product that can be had; returns its name. */
  private static String findSomething(Browser browser) {
    browser.open(shop.at("/"));
    browser.follow(".hero a.button");
    assertEquals("/products", browser.address().getPath());
    browser.follow(".tile:not(:has(.out)) a");
    assertTrue(browser.address().getPath().matches("/products/\\d+"), () -> browser.address().toString());
    return browser.see("h1").getText();
  }

  private static void goToCheckout(Browser browser, String product) {
    assertEquals("/cart", browser.address().getPath());
    assertEquals(List.of(product), lines(browser));
    browser.follow(".sum a.button");
    assertEquals("/login", browser.address().getPath(), "who checks out logs in first");
  }

  private static void logInAsDemo(Browser browser) {
    List<String> demo = browser.all(".demo b").stream().map(WebElement::getText).toList();
    browser.type("#email", demo.get(0));
    browser.type("#password", demo.get(1));
    browser.follow("form[action='/login'] button");
  }

  private static void register(Browser browser) {
    browser.type("#new-name", "Robin");
    browser.type("#new-email", "robin@example.com");
    browser.type("#new-password", "a long enough password");
    browser.follow("form[action='/register'] button");
  }

  private static void order(Browser browser, String product) {
    assertEquals("/checkout", browser.address().getPath());
    assertEquals(List.of(product), lines(browser));
    browser.follow("form[action='/checkout'] button");
    assertTrue(browser.address().getPath().matches("/orders/\\d+"), () -> browser.address().toString());
    assertEquals(List.of(product), lines(browser));
    String order = browser.see("h1").getText();
    browser.follow("a[href='/orders']");
    assertEquals(List.of(order), lines(browser));
    browser.follow("a.cart");
    assertEquals(List.of(), lines(browser), "what was ordered has left the cart");
    browser.assertQuiet();
  }

  private static List<String> lines(Browser browser) {
    return browser.all(".line .what a").stream().map(WebElement::getText).toList();
  }
}
