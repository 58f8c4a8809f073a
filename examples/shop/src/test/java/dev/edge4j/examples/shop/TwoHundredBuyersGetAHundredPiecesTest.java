package dev.edge4j.examples.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.sale.Sale;
import dev.edge4j.examples.shop.sale.Sales;
import dev.edge4j.http.Response;
import dev.edge4j.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The sale of the day: two hundred customers at once, a hundred pieces, and none is sold twice. */
class TwoHundredBuyersGetAHundredPiecesTest {
  private static final int BUYERS = 200;

  /** As {@code GET /api/sale} answers. */
  record State(long productId, int left, int pieces, Optional<Sale.Claim> mine) {}

  @Test
  void eachGetsOneOrIsTold() throws Exception {
    try (RunningShop shop = RunningShop.open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Browser> buyers = new ArrayList<>();
      for (int i = 0; i < BUYERS; i++) {
        buyers.add(shop.customer("buyer" + i));
      }
      var start = new CountDownLatch(1);
      List<Future<Response>> answers = new ArrayList<>();
      for (Browser buyer : buyers) {
        answers.add(threads.submit(() -> {
          start.await();
          return buyer.post("/sale/claim", "");
        }));
      }
      start.countDown();
      int got = 0;
      for (int i = 0; i < BUYERS; i++) {
        int status = answers.get(i).get().status();
        assertTrue(status == 303 || status == 409, "status " + status);
        got += status == 303 ? 1 : 0;
        assertEquals(status == 303 ? 1 : 0, pieces(buyers.get(i)), "pieces in the cart of buyer " + i);
      }
      assertEquals(Sales.PIECES, got);
      assertEquals(0, state(buyers.getFirst()).left());
      shop.restart();
      assertEquals(0, state(buyers.getFirst()).left(), "after a restart");
      assertEquals(409, shop.customer("late").post("/sale/claim", "").status());
    }
  }

  @Test
  void askingAgainGivesTheSamePiece() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Browser buyer = shop.customer("eager");
      for (int i = 0; i < 3; i++) {
        assertEquals(303, buyer.post("/sale/claim", "").status());
      }
      assertEquals(1, pieces(buyer));
      assertEquals(Optional.of(1), state(buyer).mine().map(Sale.Claim::number));
      assertEquals(Sales.PIECES - 1, state(buyer).left());
    }
  }

  @Test
  void whoIsNotLoggedInIsSentToLogIn() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Browser visitor = shop.browser();
      assertEquals(200, visitor.get("/sale").status());
      Response answer = visitor.post("/sale/claim", "");
      assertEquals("/login?next=/sale", answer.headers().first("Location").orElse(""));
      assertEquals(Sales.PIECES, state(visitor).left());
    }
  }

  private static State state(Browser browser) throws Exception {
    return JsonCodec.jackson().read(browser.get("/api/sale").text().getBytes(UTF_8), State.class);
  }

  private static int pieces(Browser browser) throws Exception {
    String body = browser.get("/api/cart").text();
    return body.contains("\"" + Sales.PRODUCT + "\":1") ? 1 : body.contains("\"" + Sales.PRODUCT + "\":") ? 2 : 0;
  }
}
