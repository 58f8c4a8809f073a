package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What has been ordered leaves the cart, though its answer was lost, and though something else has come into the cart meanwhile. */
@Timeout(60)
class WhatWasBoughtIsNotBoughtAgainTest {
  private final CutWires wires = new CutWires();
  private RunningShop shop;
  private Browser ada;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.on(wires);
    ada = shop.customer("ada");
    ada.add(7, 2);
  }

  @AfterEach
  void close() throws Exception {
    wires.origin.release();
    shop.close();
  }

  @Test
  void whatComesInWhileTheOriginIsSlowStaysAndTheRestIsOrderedOnce() throws Exception {
    String form = Form.of(ada.get("/checkout"), "/checkout").filled();
    wires.origin.hold();
    String ticket;
    try (ExecutorService windows = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Response> first = windows.submit(() -> ada.post("/checkout", form));
      while (wires.origin.waiting() == 0) {
        LockSupport.parkNanos(1_000_000);
      }
      second().add(8, 1);
      Response accepted = first.get();
      ticket = accepted.header("Location").orElseThrow(() -> new AssertionError(accepted.text()));
    }
    assertTrue(ticket.startsWith("/orders/queued/"), ticket);
    wires.origin.release();
    new Outage(shop, wires).await(() -> ada.get(ticket).text().contains("<h1>Confirmed</h1>"));
    assertCart("{\"8\":1}");
    assertEquals(303, checkOut().status());
    new Outage(shop, wires).await(() -> shop.count("orders") == 2);
    assertOrders(2, "{2=1}");
    assertEquals(ticket, ada.post("/checkout", form).header("Location").orElseThrow(), "it is the same order still");
  }

  @Test
  void aKillBetweenTheOrderAndTheCartIsFoundByTheNextCheckout() {
    orderAndLoseTheAnswer();
    ada.add(8, 1);
    Response changed = checkOut();
    assertEquals(409, changed.status(), changed::text);
    assertCart("{\"8\":1}");
    assertEquals(303, ada.post("/checkout", Form.of(changed, "/checkout").filled()).status());
    assertOrders(2, "{2=1}");
  }

  @Test
  void andByTheNextOrderOfAProgram() {
    orderAndLoseTheAnswer();
    ada.add(8, 1);
    assertEquals(201, ada.order("k-2", "{}").status());
    assertCart("{}");
    assertOrders(2, "{2=1}");
  }

  @Test
  void whatWasTriedInVainIsOrderedWithTheRest() {
    wires.origin.cut = true;
    assertEquals(503, ada.order("k-1", "{}").status());
    wires.origin.cut = false;
    ada.add(8, 1);
    assertEquals(303, checkOut().status());
    assertCart("{}");
    assertOrders(1, "{1=2}");
  }

  @Test
  void andByTheSameKeyToo() {
    wires.origin.cut = true;
    assertEquals(503, ada.order("k-1", "{}").status());
    wires.origin.cut = false;
    ada.add(8, 1);
    assertEquals(201, ada.order("k-1", "{}").status());
    assertCart("{}");
    assertOrders(1, "{1=2}");
  }

  /** The origin has committed, nobody has been told, and the process is a new one. */
  private void orderAndLoseTheAnswer() {
    wires.origin.deaf = true;
    assertEquals(503, ada.order("k-1", "{}").status());
    wires.origin.deaf = false;
    shop.restart();
    assertEquals(1, shop.count("orders"));
  }

  private Browser second() {
    return shop.browser().withCookie("session", ada.cookie("session"));
  }

  private Response checkOut() {
    return ada.post("/checkout", Form.of(ada.get("/checkout"), "/checkout").filled());
  }

  private void assertCart(String quantities) {
    String cart = ada.get("/api/cart").text();
    assertTrue(cart.contains("\"cart\":" + quantities), cart);
  }

  /** So many, and how many lines the last one has; article 7 is in one of them. */
  private void assertOrders(int count, String lastLines) {
    assertEquals(count, shop.count("orders"));
    assertEquals(1, shop.count("order_lines WHERE product_id = 7"));
    long lines = shop.count("order_lines WHERE order_id = (SELECT max(id) FROM orders)");
    assertEquals(lastLines, Map.of(count, lines).toString());
  }
}
