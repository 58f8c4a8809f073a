package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.examples.shop.chaos.Chaos.Layer;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While the origin is away, browsing, search and cart go on, and what is ordered waits for it, and becomes one order each when it is back. */
class OrdersWaitForTheOriginTest {
  private final CutWires wires = new CutWires();
  private RunningShop shop;
  private Browser ada;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.on(wires);
    ada = shop.customer("ada");
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @Test
  void anOrderIsAcceptedAndConfirmedOnce() {
    long stock = shop.stock(7);
    ada.add(7, 2);
    takeAway();
    String form = Form.of(ada.get("/checkout"), "/checkout").filled();
    Response accepted = ada.post("/checkout", form);
    String ticket = accepted.header("Location").orElseThrow();
    assertTrue(ticket.startsWith("/orders/queued/"), ticket);
    assertEquals(accepted.header("Location"), ada.post("/checkout", form).header("Location"), "one key is one order");
    Response page = ada.get(ticket);
    assertTrue(page.text().contains("Accepted, will be confirmed"), page.text());
    assertTrue(page.header("Refresh").isPresent(), "without scripts, too, the page follows it");
    assertTrue(ada.get("/orders").text().contains("accepted, will be confirmed"));
    assertTrue(ada.get("/api/cart").text().contains("\"count\":0"));

    bringBack();
    await(() -> ada.get(ticket).text().contains("<h1>Confirmed</h1>"));
    assertTrue(ada.get(ticket).text().contains("/orders/1"));
    assertTrue(ada.get("/orders/1").text().contains("Robin"), "with its address");
    assertEquals("/orders/1", ada.post("/checkout", form)
        .header("Location")
        .orElseThrow()
        .replace(ticket, "/orders/1"));
    assertEquals(1, shop.count("orders"));
    assertEquals(stock - 2, shop.stock(7));
  }

  @Test
  void aStopWhileTheyWaitLosesNoneAndDoublesNone() {
    List<Browser> buyers = new ArrayList<>();
    List<String> tickets = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Browser buyer = shop.customer("buyer" + i);
      buyer.add(10 + i, 1);
      buyers.add(buyer);
    }
    takeAway();
    for (Browser buyer : buyers) {
      tickets.add(buyer.post("/checkout", Form.of(buyer.get("/checkout"), "/checkout").filled())
          .header("Location")
          .orElseThrow());
    }
    shop.restart();
    takeAway(); // the feed, too, finds it away
    for (int i = 0; i < 5; i++) {
      assertTrue(buyers.get(i).get(tickets.get(i)).text().contains("Accepted"), "after a restart, without the origin");
    }
    bringBack();
    for (int i = 0; i < 5; i++) {
      Browser buyer = buyers.get(i);
      String ticket = tickets.get(i);
      await(() -> buyer.get(ticket).text().contains("<h1>Confirmed</h1>"));
    }
    shop.restart();
    shop.pull();
    assertEquals(5, shop.count("orders"));
  }

  @Test
  void whatWasSoldMeanwhileCanBeHadBackInTheCart() throws Exception {
    ada.add(7, 2);
    ada.add(8, 1);
    takeAway();
    String ticket = ada.post("/checkout", Form.of(ada.get("/checkout"), "/checkout").filled())
        .header("Location")
        .orElseThrow();
    assertEquals(409, ada.post(ticket + "/back", "").status(), "it may still be confirmed");
    shop.changeOrigin("UPDATE stock SET available = 1, version = 1000 WHERE product_id = 7");
    bringBack();
    await(() -> ada.get(ticket).text().contains("It could not be fulfilled"));
    Response refused = ada.get(ticket);
    assertTrue(refused.text().contains("Only 1 of"), refused.text());
    assertTrue(refused.header("Refresh").isEmpty());
    assertEquals(0, shop.count("orders"));
    for (int i = 0; i < 2; i++) {
      assertEquals("/cart", ada.post(Form.of(refused, ticket + "/back").action(), "").header("Location").orElseThrow());
    }
    assertTrue(ada.get("/api/cart").text().contains("\"cart\":{\"7\":2,\"8\":1}"));
  }

  @Test
  void nobodyIsChargedAPriceThatHeDidNotSee() throws Exception {
    ada.add(7, 1);
    takeAway();
    String ticket = ada.post("/checkout", Form.of(ada.get("/checkout"), "/checkout").filled())
        .header("Location")
        .orElseThrow();
    shop.changeOrigin("UPDATE goods SET price_cents = price_cents + 100 WHERE id = 7");
    bringBack();
    await(() -> ada.get(ticket).text().contains("Prices have changed"));
    assertEquals(0, shop.count("orders"));
  }

  @Test
  void browsingSearchAndCartGoOnAndPagesSayHowOldTheyAre() {
    assertEquals(200, shop.app().request("/products/7").status());
    takeAway();
    for (String page : List.of("/", "/products", "/products?q=oak", "/products/7", "/products/9", "/cart")) {
      Response response = ada.get(page);
      assertEquals(200, response.status(), page);
      assertTrue(response.text().contains("Our warehouse cannot be reached just now. What you see is "), page);
      assertTrue(response.header("X-Degraded").orElseThrow().contains("origin"), page);
    }
    assertTrue(ada.add(9, 1).text().contains("\"count\":1"));
    assertEquals(303, ada.post("/cart/update", "productId=9&quantity=2").status());
    bringBack();
    assertFalse(ada.get("/products/9").text().contains("Our warehouse"));
  }

  @Test
  void anOrderWhoseAnswerWasLostIsOneOrder() {
    ada.add(7, 1);
    String form = Form.of(ada.get("/checkout"), "/checkout").filled();
    wires.origin.deaf = true;
    String ticket = ada.post("/checkout", form).header("Location").orElseThrow();
    assertTrue(ticket.startsWith("/orders/queued/"), ticket);
    assertEquals(1, shop.count("orders"), "it is there, and nobody knows");
    wires.origin.deaf = false;
    await(() -> ada.get(ticket).text().contains("<h1>Confirmed</h1>"));
    assertEquals(1, shop.count("orders"));
  }

  @Test
  void anOriginThatHangsIsNotWaitedForLong() {
    ada.add(7, 1);
    String form = Form.of(ada.get("/checkout"), "/checkout").filled();
    wires.origin.hold();
    long begin = System.nanoTime();
    String ticket = ada.post("/checkout", form).header("Location").orElseThrow();
    assertTrue(Duration.ofNanos(System.nanoTime() - begin).compareTo(Duration.ofSeconds(4)) < 0,
        "as long as a page may take");
    assertTrue(ticket.startsWith("/orders/queued/"), ticket);
    wires.origin.release();
    await(() -> ada.get(ticket).text().contains("<h1>Confirmed</h1>"));
    assertEquals(1, shop.count("orders"));
  }

  /** A page has four seconds: two or three for each question to the origin, one after the other, must not add up to more. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void anOriginThatIsSlowIsWaitedForOnceAndNotForEachQuestion(int seconds) {
    ada.add(7, 1);
    String form = Form.of(ada.get("/checkout"), "/checkout").filled();
    shop.stores().chaos().delay(Layer.ORIGIN, Duration.ofSeconds(seconds));
    Response accepted = ada.post("/checkout", form);
    assertEquals(303, accepted.status(), accepted::text);
    shop.stores().chaos().restore(Layer.ORIGIN);
    String place = accepted.header("Location").orElseThrow();
    await(() -> ada.get(place).text().contains("<h1>Confirmed</h1>") || place.equals("/orders/1"));
    assertEquals(1, shop.count("orders"));
    assertTrue(ada.get("/api/cart").text().contains("\"count\":0"));
  }

  /** The switch of the shop itself, as its dashboard has it. */
  @Test
  void itIsTakenAwayAndGivenBackByItsSwitch() {
    assertEquals(Set.of(Layer.CACHE, Layer.REPLICA, Layer.ORIGIN), shop.stores().chaos().layers());
    shop.stores().chaos().cut(Layer.ORIGIN);
    assertThrows(StoreException.class, shop::pull);
    shop.stores().chaos().restore(Layer.ORIGIN);
    wires.advance(Duration.ofMinutes(1));
    shop.pull();
  }

  /** Nobody else sees what waits, by its name either. */
  @Test
  void itIsItsOwnersAlone() {
    ada.add(7, 1);
    Browser eve = shop.customer("eve");
    takeAway();
    String ticket = ada.post("/checkout", Form.of(ada.get("/checkout"), "/checkout").filled())
        .header("Location")
        .orElseThrow();
    assertEquals(404, eve.get(ticket).status());
    assertEquals(404, eve.post(ticket + "/back", "").status());
    assertEquals("/login?next=/orders", shop.browser().get(ticket).header("Location").orElseThrow());
  }

  private void takeAway() {
    new Outage(shop, wires).begin();
  }

  private void bringBack() {
    new Outage(shop, wires).end();
  }

  private void await(BooleanSupplier condition) {
    new Outage(shop, wires).await(condition);
  }
}
