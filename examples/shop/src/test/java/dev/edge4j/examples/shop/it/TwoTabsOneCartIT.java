package dev.edge4j.examples.shop.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tabs of one visitor show the same cart at all times, and catch up after the server was away. */
class TwoTabsOneCartIT {
  @TempDir static Path data;
  @TempDir Path profile;

  @BeforeAll
  static void needsABrowser() {
    Tool.CHROMIUM.require();
  }

  @Test
  void what_one_does_the_other_shows_also_over_a_restart() throws IOException {
    String port = "--port=" + freePort();
    ShopProcess shop = ShopProcess.start(data, port);
    try (Browser browser = Browser.open(profile, true)) {
      browser.open(shop.at("/cart"));
      browser.see("#cart-count[data-state=live]");
      String cart = browser.tab();
      browser.openTab(shop.at("/products/2"));
      browser.see("#cart-count[data-state=live]");
      String product = browser.tab();

      browser.see("form.buy button").click();
      browser.waitForText("#cart-count", "1");
      browser.show(cart);
      browser.waitForText("#cart-count", "1");
      browser.see(".line a[href='/products/2']");
      browser.assertQuiet();

      String visitor = browser.cookie("visitor");
      shop.kill9();
      shop = ShopProcess.start(data, port);
      try (var program = new CartClient(shop)) {
        program.add(visitor, 3);
      }
      browser.waitForText("#cart-count", "2");
      browser.see(".line a[href='/products/3']");
      browser.show(product);
      browser.waitForText("#cart-count", "2");

      shop.stop();
      shop = ShopProcess.start(data, port);
      try (var program = new CartClient(shop)) {
        program.add(visitor, 4);
      }
      browser.waitForText("#cart-count", "3");
      browser.show(cart);
      browser.see(".line a[href='/products/4']");
    } finally {
      shop.close();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
