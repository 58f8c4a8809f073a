package dev.edge4j.examples.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.cart.Lines;
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
    try (RunningShop shop = RunningShop.with("--rate=100000000"); // two hundred come from one address to register
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
          return Browser.patiently(() -> buyer.post("/sale/claim", ""));
        }));
      }
      assertEquals(200, shop.browser().get("/sale").status()); // or all of them would wait for what is sold
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
  void thereAreAsManyAsThePageSays() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      assertTrue(shop.stock(Sales.PRODUCT) >= Sales.PIECES, "of " + shop.stock(Sales.PRODUCT) + " in stock");
    }
  }

  @Test
  void aCartThatCannotTakeItLeavesItToOthers() throws Exception {
    try (RunningShop shop = RunningShop.open()) {
      Browser buyer = shop.customer("collector");
      for (int product = 101; product <= 100 + Lines.MAX; product++) {
        buyer.add(product == 120 ? 99 : product, 1); // one in forty is sold out
      }
      Response refused = buyer.post("/sale/claim", "");
      assertEquals(409, refused.status());
      assertTrue(refused.text().contains("at most 50 different products"), refused.text());
      assertTrue(refused.text().contains("Take one"), "he can try again");
      assertEquals(Sales.PIECES, state(buyer).left());
      buyer.post("/cart/remove", "productId=101");
      assertEquals(303, buyer.post("/sale/claim", "").status());
      assertEquals(1, pieces(buyer));
    }
  }

  @Test
  void whoTakesHisOrderBackLeavesThePieceToOthersAndMayClaimAgain() throws Exception {
    var wires = new CutWires();
    try (RunningShop shop = RunningShop.on(wires)) {
      Browser buyer = shop.customer("doubtful");
      for (int order : new int[]{1, 2}) {
        buyer.post("/sale/claim", "");
        buyer.post("/checkout", Form.of(buyer.get("/checkout"), "/checkout").filled());
        new Outage(shop, wires).await(() -> buyer.get("/sale").text().contains("you have bought it"));
        buyer.post("/orders/" + order + "/cancel", "");
        new Outage(shop, wires).await(() -> state(buyer).left() == Sales.PIECES);
        assertEquals(Optional.empty(), state(buyer).mine());
      }
      assertEquals(303, buyer.post("/sale/claim", "").status());
      assertEquals(Sales.PIECES - 1, state(buyer).left());
    }
  }

  @Test
  void thePageSaysWhereItIs() throws Exception {
    var wires = new CutWires();
    try (RunningShop shop = RunningShop.on(wires)) {
      Browser buyer = shop.customer("careful");
      buyer.post("/sale/claim", "");
      assertTrue(buyer.get("/sale").text().contains("It is in your cart"));
      buyer.post("/cart/remove", "productId=" + Sales.PRODUCT);
      String kept = buyer.get("/sale").text();
      assertTrue(kept.contains("One is kept for you") && kept.contains("Put it into your cart"), kept);
      buyer.post("/sale/claim", "");
      assertEquals(1, pieces(buyer));
      assertEquals(Sales.PIECES - 1, state(buyer).left());
      buyer.post("/checkout", Form.of(buyer.get("/checkout"), "/checkout").filled());
      new Outage(shop, wires).await(() -> buyer.get("/sale").text().contains("you have bought it"));
      Response again = buyer.post("/sale/claim", "");
      assertEquals(409, again.status());
      assertTrue(again.text().contains("one for each customer"), again.text());
      assertEquals(0, pieces(buyer));
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

  private static State state(Browser browser) {
    return JsonCodec.jackson().read(browser.get("/api/sale").text().getBytes(UTF_8), State.class);
  }

  private static int pieces(Browser browser) throws Exception {
    Response cart = Browser.patiently(() -> browser.get("/api/cart"));
    String body = cart.text();
    assertEquals(200, cart.status(), body);
    return body.contains("\"" + Sales.PRODUCT + "\":1") ? 1 : body.contains("\"" + Sales.PRODUCT + "\":") ? 2 : 0;
  }
}
