package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.coupons.Coupon;
import dev.edge4j.http.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A coupon takes off what it says, in cart, checkout and order; what counts are its terms when the order is placed. */
class CouponsTakeOffWhatTheySayTest {
  private static final long EACH = 5_200; // of article 7

  private RunningShop shop;
  private Browser ada;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.open();
    ada = shop.customer("ada");
    ada.add(7, 2);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @Test
  void aShareFromTheCartToTheOrderOnceForEachAccount() {
    assertEquals(303, use("welcome10 ").status());
    for (String page : List.of("/cart", "/checkout")) {
      String shown = ada.get(page).text();
      assertTrue(shown.contains("WELCOME10") && shown.contains("-$10.40") && shown.contains("$93.60"), shown);
    }
    String order = order();
    assertTrue(order.contains("-$10.40") && order.contains("$93.60"), order);
    assertTrue(ada.get("/api/orders").text().contains("\"total\":93.60"));
    ada.add(7, 1);
    assertFalse(ada.get("/cart").text().contains("-$"), "it went with the order");
    assertEquals(409, use("WELCOME10").status());
  }

  @Test
  void aCancelledOrderGivesItBack() {
    use("WELCOME10");
    long stock = shop.stock(7);
    order();
    assertEquals(stock - 2, shop.stock(7));
    Form cancel = Form.of(ada.get("/orders/1"), "/orders/1/cancel");
    for (int i = 0; i < 2; i++) {
      assertEquals(303, ada.post(cancel.action(), "").status());
    }
    assertEquals(stock, shop.stock(7), "once");
    assertTrue(ada.get("/orders/1").text().contains("now <b>cancelled</b>"));
    ada.add(7, 1);
    assertEquals(303, use("WELCOME10").status());
  }

  @Test
  void anAmountFromAMinimumOn() throws Exception {
    shop.changeOrigin("UPDATE coupons SET minimum_cents = 20000 WHERE code = 'FIVEOFF'");
    assertEquals(303, use("FIVEOFF").status());
    assertTrue(ada.get("/cart").text().contains("from $200.00 on"));
    ada.add(7, 2);
    assertTrue(ada.get("/cart").text().contains("-$5.00"));
    assertTrue(order().contains("$203.00"));
  }

  @Test
  void itIsTakenOutAgain() {
    use("FIVEOFF");
    assertEquals(303, ada.post(Form.of(ada.get("/cart"), "/cart/coupon/remove").action(), "").status());
    assertFalse(ada.get("/cart").text().contains("-$"));
  }

  @Test
  void whatHasEndedMeanwhileIsShownBeforeItIsCharged() throws Exception {
    use("FIVEOFF");
    String form = Form.of(ada.get("/checkout"), "/checkout").filled();
    shop.changeOrigin("UPDATE coupons SET expires_at = 1 WHERE code = 'FIVEOFF'");
    Response refused = ada.post("/checkout", form);
    assertEquals(409, refused.status());
    assertTrue(refused.text().contains("This code does not work"), refused.text());
    assertFalse(refused.text().contains("-$"), "and the page shows the sum without it");
    assertEquals(0, shop.count("orders"));
    assertEquals(303, ada.post("/checkout", Form.of(refused, "/checkout").filled()).status());
    assertTrue(ada.get("/api/orders").text().contains("\"total\":104.00"));
  }

  @Test
  void twoOrdersAtATimeUseItOnce() throws Exception {
    use("WELCOME10");
    order();
    Browser other = shop.browser().withCookie("session", ada.cookie("session"));
    other.add(7, 1);
    shop.changeOrigin("DELETE FROM coupon_uses"); // so that the code can be typed, as it could before the first order
    assertEquals(303, other.post("/cart/coupon", "code=WELCOME10").status());
    shop.changeOrigin("INSERT INTO coupon_uses (code, user_id, order_id) SELECT 'WELCOME10', user_id, id FROM orders");
    assertEquals(409, other.post("/checkout", Form.of(other.get("/checkout"), "/checkout").filled()).status());
    assertEquals(1, shop.count("orders"));
  }

  @Test
  void aVisitorsComesAlongThroughTheLogin() {
    Browser visitor = shop.browser();
    visitor.add(7, 2);
    assertEquals(303, visitor.post("/cart/coupon", "code=WELCOME10").status());
    visitor.post("/login", "email=ada%40shop.example&password=secret-ada");
    assertTrue(visitor.get("/checkout").text().contains("-$"));
  }

  @Test
  void oneThatTheAccountHasUsedIsTakenOutOfTheCartWhenItIsRefused() {
    use("WELCOME10");
    order();
    Browser visitor = shop.browser();
    visitor.add(7, 2);
    assertEquals(303, visitor.post("/cart/coupon", "code=WELCOME10").status());
    visitor.post("/login", "email=ada%40shop.example&password=secret-ada");
    Response refused = visitor.order("k-1", "{}");
    assertEquals(409, refused.status());
    assertTrue(refused.text().contains("it was taken out of your cart"), refused::text);
    Response placed = visitor.order("k-2", "{}");
    assertEquals(201, placed.status(), placed::text);
    assertTrue(placed.text().contains("\"total\":104.00"), placed::text);
  }

  @Test
  void anEmptiedCartHasNone() {
    for (String way : List.of("/cart/clear", "/api/cart/clear")) {
      use("FIVEOFF");
      assertTrue(ada.get("/cart").text().contains("-$5.00"));
      assertTrue(ada.post(way, "").status() < 400, way);
      ada.add(7, 2);
      assertFalse(ada.get("/cart").text().contains("-$"), way);
    }
  }

  @Test
  void termsThatHaveChangedMeanwhileAreShownBeforeTheyAreCharged() throws Exception {
    use("WELCOME10");
    String form = Form.of(ada.get("/checkout"), "/checkout").filled();
    shop.changeOrigin("UPDATE coupons SET percent = 5 WHERE code = 'WELCOME10'");
    Response refused = ada.post("/checkout", form);
    assertEquals(409, refused.status());
    assertTrue(refused.text().contains("-$5.20"), refused::text);
    assertEquals(303, ada.post("/checkout", Form.of(refused, "/checkout").filled()).status());
    assertTrue(ada.get("/api/orders").text().contains("\"total\":98.80"));
  }

  @Test
  void wrongOnesAllLookTheSameAndCannotBeTriedForLong() {
    Response ended = use("SPRING24");
    assertEquals(409, ended.status());
    assertTrue(ended.text().contains("This code does not work, here or any more."));
    for (String wrong : List.of("NOSUCH", "x", "WELCOME1%", "' OR 1=1 --", "W".repeat(10_000))) {
      Response answer = use(wrong);
      assertEquals(409, answer.status());
      assertEquals(content(ended), content(answer));
    }
    int tries = 0;
    while (use("GUESS" + tries).status() != 429) {
      tries++;
      assertTrue(tries < 1_000, "guessing goes on and on");
    }
  }

  @Test
  void noneTakesMoreThanItSays() {
    Coupon tenth = new Coupon("T", 10, 0, 0, Instant.MAX, false);
    assertEquals(0, tenth.discountCents(9));
    assertEquals(EACH / 10, tenth.discountCents(EACH));
    Coupon five = new Coupon("F", 0, 500, 501, Instant.MAX, false);
    assertEquals(0, five.discountCents(500));
    assertEquals(500, five.discountCents(501));
  }

  private Response use(String code) {
    return ada.post("/cart/coupon", new Form("", true, Map.of("code", ""), List.of("code")).with("code", code));
  }

  /** What a page says, without the foot that tells how long it took. */
  private static String content(Response page) {
    return page.text().substring(page.text().indexOf("<main"), page.text().indexOf("</main>"));
  }

  /** The page of an order of what is in the cart. */
  private String order() {
    Response placed = ada.post("/checkout", Form.of(ada.get("/checkout"), "/checkout").filled());
    return ada.get(placed.header("Location").orElseThrow(() -> new AssertionError(placed.text()))).text();
  }
}
