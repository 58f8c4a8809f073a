package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
          return buyer.order("mine", "{\"lines\":[{\"productId\":1,\"quantity\":1}]}");
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
        answers.add(threads.submit(() -> copy.order("mine", "{\"lines\":[{\"productId\":1,\"quantity\":1}]}")));
      }
      for (Future<Response> answer : answers) {
        assertEquals(201, answer.get().status());
      }
      assertEquals(1, shop.count("orders"));
    }
  }
}
