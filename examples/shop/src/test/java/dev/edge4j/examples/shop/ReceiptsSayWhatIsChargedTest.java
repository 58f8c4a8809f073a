package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders are charged in US dollars, and the pages of an order say so, whatever market their reader has picked since. */
class ReceiptsSayWhatIsChargedTest {
  private static final String CHARGED = "Charged as US$104.00";

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
    shop.close();
  }

  @Test
  void inAnyMarket() {
    assertEquals("/orders/1", order());
    for (String country : List.of("US", "JP")) {
      ada.post("/market", "country=" + country + "&return=%2F");
      for (String page : List.of("/orders", "/orders/1")) {
        assertTrue(ada.get(page).text().contains(CHARGED), page + " in " + country);
      }
    }
    ada.post("/orders/1/cancel", "");
    for (String page : List.of("/orders", "/orders/1")) {
      assertFalse(ada.get(page).text().contains(CHARGED), page + " of a cancelled order");
    }
  }

  @Test
  void andTheTotalThatWasAgreedToWhileItWaits() {
    Outage outage = new Outage(shop, wires);
    outage.begin();
    String ticket = order();
    assertTrue(ticket.startsWith("/orders/queued/"), ticket);
    ada.post("/market", "country=JP&return=%2F");
    assertTrue(ada.get(ticket).text().contains("You agreed to US$104.00"), ada.get(ticket)::text);
    outage.end();
  }

  private String order() {
    return ada.post("/checkout", Form.of(ada.get("/checkout"), "/checkout").filled())
        .header("Location")
        .orElseThrow();
  }
}
