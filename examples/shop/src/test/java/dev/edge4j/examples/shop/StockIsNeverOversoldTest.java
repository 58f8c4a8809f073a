package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Fifty buyers, seven pieces. */
class StockIsNeverOversoldTest {
  private static final int BUYERS = 50;
  private static final int PIECES = 7;
  private static final String ONE = "{\"lines\":[{\"productId\":1,\"quantity\":1}]}";

  @Test
  void exactlyAsManyOrdersSucceedAsThereArePieces() throws Exception {
    try (RunningShop shop = RunningShop.open();
        ExecutorService threads = Executors
            .newVirtualThreadPerTaskExecutor()) {
      shop.mesh()
          .session()
          .update("orders", "UPDATE stock SET available = :pieces WHERE product_id = 1", Map.of("pieces",
              PIECES));
      List<Browser> buyers = new ArrayList<>();
      for (int i = 0; i < BUYERS; i++) {
        buyers.add(shop.customer("buyer" + i));
      }
      var start = new CountDownLatch(1);
      List<Future<Response>> answers = new ArrayList<>();
      for (Browser buyer : buyers) {
        answers.add(threads.submit(() -> {
          start.await();
          return Browser.patiently(() -> buyer.order("mine", ONE));
        }));
      }
      start.countDown();
      int sold = 0;
      for (Future<Response> answer : answers) {
        int status = answer.get().status();
        sold += status == 201 ? 1 : 0;
        assertEquals(status == 201 ? 201 : 409, status);
      }
      assertEquals(PIECES, sold);
      assertEquals(0, shop.stock(1));
      assertEquals(PIECES, shop.count("orders"));
    }
  }

  @Test
  void whatOneProductIsTooFewForTakesNothingOfTheOthers() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      shop.changeOrigin("UPDATE stock SET available = 3 WHERE product_id IN (1, 2, 3)");
      Response refused = shop.customer("ada").order("k", lines(1, 2, 2, 4, 3, 1));
      assertEquals(409, refused.status());
      String name = shop.mesh()
          .session()
          .query("orders", String.class, "SELECT name FROM goods WHERE id = 2", Map.of())
          .getFirst();
      assertTrue(refused.text().contains("only 3 of " + name + " are left"), refused::text);
      for (long product = 1; product <= 3; product++) {
        assertEquals(3, shop.stock(product));
      }
      assertEquals(201, shop.customer("bob").order("k", lines(1, 2, 2, 3, 3, 1)).status());
      assertEquals(1, shop.stock(1));
      assertEquals(0, shop.stock(2));
      assertEquals(2, shop.stock(3));
    }
  }

  /** The feed of the edge copies goes by versions, and may stop after any of them. */
  @Test
  void eachChangeOfTheStockIsAVersionOfItsOwn() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Browser ada = shop.customer("ada");
      assertEquals(201, ada.order("k", lines(1, 1, 2, 1, 3, 1)).status());
      assertEquals(3, shop.count("(SELECT DISTINCT version FROM stock WHERE version > 0)"));
      assertEquals(303, ada.post("/orders/1/cancel", "").status());
      assertEquals(3, shop.count("(SELECT DISTINCT version FROM stock WHERE version > 3)"));
    }
  }

  /** A body with these products and quantities, in turn. */
  private static String lines(long... pairs) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      lines.append(i == 0 ? "" : ",")
          .append("{\"productId\":" + pairs[i] + ",\"quantity\":" + pairs[i + 1] + "}");
    }
    return "{\"lines\":[" + lines + "]}";
  }

  @Test
  void oneKeySentByManyAtOnceIsOneOrder() throws Exception {
    try (RunningShop shop = RunningShop.open();
        ExecutorService threads = Executors
            .newVirtualThreadPerTaskExecutor()) {
      Browser customer = shop.customer("impatient");
      List<Future<Response>> answers = new ArrayList<>();
      for (int i = 0; i < BUYERS; i++) {
        Browser copy = shop.browser()
            .withCookie("session", customer.cookie("session"))
            .withCookie("visitor", customer.cookie("visitor"));
        answers.add(threads.submit(() -> Browser.patiently(() -> copy.order("mine", ONE))));
      }
      for (Future<Response> answer : answers) {
        assertEquals(201, answer.get().status());
      }
      assertEquals(1, shop.count("orders"));
    }
  }
}
