package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.env.EnvException;
import dev.edge4j.http.Response;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a proxy that was named each visitor is himself, in his country and over TLS; what others say of that counts for nothing. */
class AProxySaysWhoAsksTest {
  @Test
  void visitorsHaveTheirOwnRateTheirCountryAndSecureCookies() throws Exception {
    try (RunningShop shop = RunningShop.with("--proxies=127.0.0.1,10.0.0.0/24", "--rate=2")) {
      Response page = through(shop, "203.0.113.1").with("CF-IPCountry", "JP").get("/products/7");
      assertTrue(page.text().contains("¥"), page.text());
      List<String> cookies = page.headers().all("Set-Cookie");
      assertFalse(cookies.isEmpty());
      assertTrue(cookies.stream().allMatch(cookie -> cookie.contains("; Secure")), cookies::toString);
      assertEquals(200, through(shop, "203.0.113.1").get("/products/7").status());
      assertEquals(429, through(shop, "203.0.113.1").get("/products/7").status());
      assertEquals(200, through(shop, "203.0.113.2").get("/products/7").status());
    }
  }

  @Test
  void whoIsNoProxyIsNotBelieved() throws Exception {
    try (RunningShop shop = RunningShop.with("--proxies=10.0.0.0/24")) {
      Response page = through(shop, "203.0.113.1").with("CF-IPCountry", "JP").get("/products/7");
      assertFalse(page.text().contains("class=\"price big-price\">¥"), page.text());
      assertTrue(page.headers().all("Set-Cookie").stream().noneMatch(cookie -> cookie.contains("; Secure")));
    }
  }

  @Test
  void aShopThatOthersReachBelievesNoCountry() throws Exception {
    try (RunningShop shop = RunningShop.with("--host=0.0.0.0")) {
      String page = shop.browser().with("CF-IPCountry", "JP").get("/products/7").text();
      assertFalse(page.contains("class=\"price big-price\">¥"), page);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy.example", "10.0.0.1/24", "0.0.0.0/0", "10.0.0.1,"})
  void whatIsNoAddressKeepsItFromStarting(String proxies, @TempDir Path folder) {
    var refused = assertThrows(EnvException.class, () -> RunningShop.options(folder, "--proxies=" + proxies));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("proxies: "), refused::getMessage);
  }

  @Test
  void theDashboardIsNotForWhoComesThroughAProxy(@TempDir Path folder) {
    assertTrue(RunningShop.options(folder).dashboard());
    assertFalse(RunningShop.options(folder, "--proxies=127.0.0.1").dashboard());
  }

  private static Browser through(RunningShop shop, String client) {
    return shop.browser().with("X-Forwarded-For", client).with("X-Forwarded-Proto", "https");
  }
}
