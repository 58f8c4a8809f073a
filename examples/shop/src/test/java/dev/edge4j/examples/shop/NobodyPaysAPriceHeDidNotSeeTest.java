package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The origin decides what is charged, and only what the visitor agreed to. */
class NobodyPaysAPriceHeDidNotSeeTest {
  private RunningShop shop;
  private Browser ada;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.open();
    ada = shop.customer("ada");
    var _ = ada.add(7, 2);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @Test
  void anotherPriceIsShownBeforeItIsCharged() {
    String form = form(ada.get("/checkout"));
    reprice(990);
    Response refused = ada.post("/checkout", form);
    assertEquals(409, refused.status());
    assertTrue(refused.text().contains("Prices have changed since this page was made"), refused.text());
    assertTrue(refused.text().contains("19.80"), "the page shows the new total");
    assertEquals(0, shop.count("orders"));
    Response placed = ada.post("/checkout", form(refused));
    assertEquals("/orders/1", placed.header("Location").orElseThrow());
    assertTrue(ada.get("/api/orders").text().contains("\"total\":19.80"));
  }

  @Test
  void aProgramIsChargedWhatTheOriginSays() {
    assertTrue(ada.get("/api/products/7").text().contains("\"price\":52.00"));
    reprice(990);
    assertTrue(ada.order("key-1", "{}").text().contains("\"total\":19.80"));
  }

  private void reprice(long cents) {
    assertEquals(1, shop.mesh()
        .session()
        .update("orders", "UPDATE goods SET price_cents = :cents WHERE id = 7", Map.of("cents", cents)));
  }

  private static String form(Response page) {
    return Form.of(page, "/checkout").filled();
  }
}
