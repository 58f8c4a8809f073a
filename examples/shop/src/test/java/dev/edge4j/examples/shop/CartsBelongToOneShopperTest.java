package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cart follows its shopper, through logging in too, and nobody else. */
class CartsBelongToOneShopperTest {
  private RunningShop shop;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.open();
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @Test
  void eachBrowserHasItsOwn() {
    Browser first = shop.browser();
    Browser second = shop.browser();
    first.add(1, 2);
    second.add(1, 1);
    assertNotEquals(first.cookie("visitor"), second.cookie("visitor"));
    assertTrue(first.get("/api/cart").text().contains("\"cart\":{\"1\":2}"));
    assertTrue(second.get("/api/cart").text().contains("\"cart\":{\"1\":1}"));
  }

  @Test
  void oneCookieInManyHandsIsOneCart() {
    Browser first = shop.browser();
    first.add(1, 1);
    shop.browser().withCookie("visitor", first.cookie("visitor")).add(1, 1);
    assertTrue(first.get("/api/cart").text().contains("\"cart\":{\"1\":2}"));
  }

  @Test
  void whatAVisitorCollectedComesAlongOnceAtLogin() {
    Browser customer = shop.customer("ada");
    customer.add(2, 1);
    customer.post("/logout", "");
    customer.add(1, 2);
    for (int i = 0; i < 2; i++) {
      customer.post("/login", "email=ada%40shop.example&password=secret-ada");
    }
    assertTrue(customer.get("/api/cart").text().contains("\"cart\":{\"2\":1,\"1\":2}"));
    customer.post("/logout", "");
    assertTrue(customer.get("/api/cart").text().contains("\"count\":0"));
  }

  @Test
  void itCanBeChangedByFormsAlone() {
    Browser visitor = shop.browser();
    assertEquals(303, visitor.post("/cart/add", "productId=1&quantity=1").status());
    visitor.post("/cart/add", "productId=2&quantity=1");
    visitor.post("/cart/update", "productId=1&quantity=4");
    visitor.post("/cart/remove", "productId=2");
    assertTrue(visitor.get("/api/cart").text().contains("\"cart\":{\"1\":4}"));
    visitor.post("/cart/clear", "");
    assertTrue(visitor.get("/api/cart").text().contains("\"count\":0"));
  }

  @Test
  void noSharedCacheEverHoldsAVisitor() {
    Browser ada = shop.customer("lovelace");
    ada.add(1, 2);
    Browser other = shop.browser();
    for (String page : new String[]{"/", "/products", "/products/1", "/cart"}) {
      Response hers = ada.get(page);
      assertTrue(hers.text().contains("Log out lovelace"));
      assertTrue(hers.headers().list("Cache-Control").contains("private"));
      Response theirs = other.get(page);
      assertFalse(theirs.text().contains("lovelace"), page);
      assertTrue(theirs.text().contains("id=\"cart-count\">0<"), page);
    }
    assertEquals("MISS", ada.get("/api/products").header("X-Cache").orElseThrow());
    Response shared = other.get("/api/products");
    assertEquals("HIT", shared.header("X-Cache").orElseThrow());
    assertTrue(shared.headers().all("Set-Cookie").isEmpty());
    assertTrue(shop.browser().get("/api/products").headers().all("Set-Cookie").isEmpty());
  }

  @Test
  void anAccountRemembersWhereItWasOpened() {
    Browser visitor = shop.browser().with("CF-IPCountry", "SE");
    assertEquals(303, visitor.post("/register", "name=Eva&email=eva%40shop.example&password=long-enough").status());
    assertEquals("SE", shop.mesh()
        .session()
        .query("profiles", String.class, "SELECT region FROM users WHERE email = :email", Map.of("email",
            "eva@shop.example"))
        .getFirst());
    Response again = visitor.post("/register", "name=Eva&email=eva%40shop.example&password=another-one");
    assertEquals(401, again.status());
  }

  @Test
  void aFormThatIsRefusedComesBackAsItWasFilledIn() {
    String refused = shop.browser()
        .post("/register", "name=Eva&email=eva%40shop.example&password=short")
        .text();
    assertTrue(refused.contains("id=\"new-name\" name=\"name\" value=\"Eva\""), refused);
    assertTrue(refused.contains("id=\"new-email\" name=\"email\" type=\"email\" value=\"eva@shop.example\""), refused);
    assertTrue(refused.contains("id=\"email\" name=\"email\" type=\"email\" value=\"\""), refused);
    assertFalse(refused.contains("value=\"short\""));
  }

  @Test
  void loggingInTellsNothingAboutWhoHasAnAccount() {
    shop.customer("ada");
    Response wrong = shop.browser().post("/login", "email=ada%40shop.example&password=wrong-one");
    Response unknown = shop.browser().post("/login", "email=bob%40shop.example&password=wrong-one");
    assertEquals(401, wrong.status());
    assertEquals(content(wrong).replace("ada@", "bob@"), content(unknown));
    assertFalse(shop.count("users") > 3);
  }

  /** Without the bar at the foot, which tells how long this request took. */
  private static String content(Response page) {
    String html = page.text();
    return html.substring(html.indexOf("<body"), html.indexOf("</footer>"));
  }
}
