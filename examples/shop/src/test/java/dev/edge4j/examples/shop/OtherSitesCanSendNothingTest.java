package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Route;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route that changes anything refuses what another site makes a browser send, and no route that only shows changes anything. */
class OtherSitesCanSendNothingTest {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "WS");

  private static RunningShop shop;

  @BeforeAll
  static void open() throws Exception {
    shop = RunningShop.open();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @Test
  void everyRouteRefusesThem() throws Exception {
    Browser keeper = shop.keeper();
    Map<String, Long> before = counts();
    List<Route> routes = shop.routes().stream().filter(route -> !SAFE.contains(route.method())).toList();
    assertTrue(routes.size() > 15, () -> "only " + routes);
    for (Route route : routes) {
      assertEquals("POST", route.method(), "a method for which this test has a request: " + route);
      String target = route.pattern().replaceAll(":[a-z]+(\\{[^}]*})?", "1");
      for (Browser other : List.of(sent(keeper, "Sec-Fetch-Site", "cross-site"), sent(keeper, "Sec-Fetch-Site",
          "same-site"), sent(keeper, "Origin", "https://evil.example"), sent(keeper, "Origin", "null"))) {
        assertEquals(403, other.post(target, "productId=1&quantity=1").status(), target);
        assertEquals(403, other.postJson(target, "{}").status(), target);
      }
      Response own = sent(keeper, "Sec-Fetch-Site", "same-origin").post(target, "nothing=useful");
      assertTrue(own.status() != 403, () -> "our own pages may: " + target);
    }
    assertEquals(before, counts());
  }

  @Test
  void everyFormGoesToARouteThatIsChecked() throws Exception {
    Set<String> patterns = shop.routes()
        .stream()
        .filter(route -> route.method().equals("POST"))
        .map(route -> route.pattern().replaceAll(":[a-z]+(\\{[^}]*})?", "#"))
        .collect(Collectors.toSet());
    Browser ada = shop.customer("ada");
    ada.add(7, 1);
    for (Browser browser : List.of(shop.keeper(), ada)) {
      for (Form form : Crawl.of(shop, browser).forms()) {
        String kind = form.action().replaceAll("/[0-9]+|/[0-9a-f]{8}-[0-9a-f-]{27}", "/#");
        assertTrue(!form.post() || patterns.contains(kind), () -> form + " is not among " + patterns);
      }
    }
  }

  @Test
  void lookingChangesNothing() throws Exception {
    Browser ada = shop.customer("ada");
    ada.add(7, 1);
    assertEquals(303, ada.post("/checkout", Form.of(ada.get("/checkout"), "/checkout").filled()).status());
    ada.add(8, 2);
    String cart = ada.get("/api/cart").text();
    Browser keeper = shop.keeper();
    Map<String, Long> before = counts();
    var _ = Crawl.of(shop, ada);
    var _ = Crawl.of(shop, keeper);
    shop.routes()
        .stream()
        .filter(route -> route.method().equals("POST"))
        .forEach(route -> keeper.get(route.pattern().replaceAll(":[a-z]+(\\{[^}]*})?", "1")));
    assertEquals(before, counts());
    assertEquals(cart, ada.get("/api/cart").text());
  }

  @Test
  void cookiesStayAtHome() {
    Response login = shop.browser().post("/login", "email=demo%40shop.example&password=edge-first");
    List<String> cookies = login.headers().all("Set-Cookie");
    assertEquals(2, cookies.size(), () -> "session and visitor: " + cookies);
    for (String cookie : cookies) {
      assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), cookie);
    }
  }

  private Browser sent(Browser keeper, String field, String value) {
    return shop.browser()
        .withCookie("session", keeper.cookie("session"))
        .withCookie("visitor", keeper.cookie("visitor"))
        .with("Host", "127.0.0.1:8080")
        .with(field, value);
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (String table : List.of("users", "orders", "audit", "coupon_uses", "order_keys")) {
      counts.put(table, shop.count(table));
    }
    counts.put("status", shop.mesh()
        .session()
        .query("orders", Long.class, "SELECT count(*) FROM orders WHERE status = 'pending'", Map.of())
        .getFirst());
    return counts;
  }
}
