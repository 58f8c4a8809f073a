package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Route;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL in any parameter of any route is text: nothing fails of it, nothing changes, nothing more is found. */
class NoParameterReachesTheDatabaseTest {
  private static final List<String> TABLES = List.of("users", "goods", "stock", "orders", "order_lines", "coupons",
      "audit");
  /** A body for each route that takes JSON, so that no new one goes untested. */
  private static final Map<String, String> BODIES = Map.of("/api/cart/add", "{\"productId\":1,\"quantity\":1}",
      "/api/cart/clear", "{}", "/api/sale/claim", "{}", "/api/orders", "{\"lines\":[{\"productId\":1,\"quantity\":1}]}",
      "/api/login", "{\"email\":\"a@b\",\"password\":\"secret-x\"}", "/api/register",
      "{\"name\":\"a\",\"email\":\"a@b\",\"password\":\"short\"}");

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
  @ValueSource(strings = {"' OR '1'='1' --", "1; DROP TABLE goods; --",
      "%' UNION SELECT email, password_hash FROM users --",
      "\\'\"`;\u0000"})
  void inAnyParameter(String sql) throws Exception {
    Browser keeper = shop.keeper();
    Browser customer = shop.customer("ada");
    customer.add(7, 1);
    Map<String, Long> before = counts();
    for (Browser browser : List.of(keeper, customer)) {
      Crawl crawl = Crawl.of(shop, browser);
      for (String parameter : parameters(crawl)) {
        assertUnmoved(browser.get(parameter + "=" + encode(sql)), parameter);
      }
      for (Form form : crawl.forms()) {
        if (form.post() && !form.action().startsWith("/logout")) {
          for (String field : form.fields().keySet()) {
            if (isRefused(form, field)) {
              assertUnmoved(browser.post(form.action(), form.with(field, sql)), form.action() + " " + field);
            }
          }
        }
      }
      for (Route route : shop.routes()) {
        if (route.pattern().contains(":") && sql.indexOf('\\') < 0) { // which no path may hold
          String target = route.pattern().replaceAll(":[a-z]+(\\{[^}]*})?", encode(sql).replace("+", "%20"));
          assertUnmoved(route.method().equals("POST") ? browser.post(target, "price=1&stock=1&version=1")
              : browser.get(
                  target), target);
        }
      }
    }
    assertEquals(before, counts());
  }

  @Test
  void inAnyValueOfJson() {
    Set<String> routes = new TreeSet<>();
    Browser customer = shop.customer("ada");
    Map<String, Long> before = counts();
    for (Route route : shop.routes()) {
      if (route.pattern().startsWith("/api/") && route.method().equals("POST")) {
        routes.add(route.pattern());
        String body = BODIES.getOrDefault(route.pattern(), "");
        for (String value : List.of("\"a\"", "\"a@b\"", "\"secret-x\"", "1")) {
          if (body.contains(":" + value)) {
            assertUnmoved(customer.order("' OR 1=1 --", route.pattern(), body.replace(":" + value,
                ":\"' OR '1'='1' --\"")), route.pattern());
          }
        }
      }
    }
    assertEquals(new TreeSet<>(BODIES.keySet()), routes, "each route that takes JSON is tried");
    assertEquals(before, counts());
  }

  @Test
  void aSearchForSqlFindsNothing() {
    for (String words : List.of("' OR '1'='1", "%", "_", "\\", "x' OR 1=1 --")) {
      assertTrue(shop.app().request("/api/products?q=" + encode(words)).text().contains("\"total\":0"), words);
    }
  }

  @Test
  void aPasswordOfSqlOpensNothing() {
    for (String typed : List.of("' OR '1'='1", "\" OR 1=1 --", "keeper@shop.example' --")) {
      assertEquals(401, shop.browser()
          .post("/login", "email=" + encode(typed) + "&password=" + encode(typed))
          .status(), typed);
      assertEquals(401, shop.browser()
          .post("/login", "email=keeper%40shop.example&password=" + encode(typed))
          .status());
    }
  }

  /** True for a field whose text is refused or ignored: with text in the others something may well be ordered, or a name be kept. */
  private static boolean isRefused(Form form, String field) {
    boolean isText = Set.of("name", "street", "city", "next", "return").contains(field);
    return form.action().startsWith("/admin") || (!isText && !form.action().equals("/register"));
  }

  /** Addresses up to the last parameter's name. */
  private static Set<String> parameters(Crawl crawl) {
    Set<String> parameters = new TreeSet<>();
    for (String target : crawl.pages().keySet()) {
      int query = target.indexOf('?');
      if (query >= 0) {
        for (String pair : target.substring(query + 1).split("&", -1)) {
          parameters.add(target.substring(0, query + 1) + pair.replaceAll("=.*", ""));
        }
      }
    }
    crawl.forms()
        .stream()
        .filter(form -> !form.post())
        .forEach(form -> form.fields().keySet().forEach(name -> parameters.add(form.action() + "?" + name)));
    return parameters;
  }

  private static void assertUnmoved(Response response, String where) {
    assertTrue(response.status() < 500, () -> where + ": " + response.status() + " " + response.text());
    assertTrue(!response.text().contains("210000:") && !response.text().contains("1000:"), () -> where
        + " shows a password's hash: " + response.text());
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    TABLES.forEach(table -> counts.put(table, shop.count(table)));
    return counts;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
