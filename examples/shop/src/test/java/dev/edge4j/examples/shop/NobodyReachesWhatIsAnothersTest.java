package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever address or form one customer is shown and another is not is of no use to that other one: cart, orders, and orders that wait. */
class NobodyReachesWhatIsAnothersTest {
  private static final String SECRET = "Adastreet 77";

  private static final CutWires WIRES = new CutWires();
  private static RunningShop shop;
  private static Browser ada;

  @BeforeAll
  static void open() throws Exception {
    shop = RunningShop.on(WIRES);
    ada = shop.customer("ada");
    ada.add(7, 1);
    assertEquals(303, order());
    ada.add(9, 1);
    WIRES.origin.cut = true;
    assertThrows(StoreException.class, shop::pull);
    assertEquals(303, order());
    WIRES.origin.cut = false;
    shop.change("origin.db", "UPDATE stock SET available = 0 WHERE product_id = 9"); // so it waits, or cannot be fulfilled
    shop.pull();
    ada.add(8, 3);
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @Test
  void byAddressOrForm() {
    Browser eve = shop.customer("eve");
    Browser nobody = shop.browser();
    Crawl hers = Crawl.of(shop, ada);
    TreeSet<String> own = new TreeSet<>(hers.pages().keySet());
    own.removeAll(Crawl.of(shop, eve).pages().keySet());
    assertTrue(own.stream().anyMatch(target -> target.matches("/orders/\\d+")), () -> "an order is among " + own);
    assertTrue(own.stream().anyMatch(target -> target.startsWith("/orders/queued/")), () -> "one that waits is among "
        + own);
    List<Form> forms = new ArrayList<>(hers.forms());
    forms.removeIf(form -> !form.action().startsWith("/orders/"));
    assertTrue(forms.size() >= 1, "an order can be cancelled");
    for (Browser other : List.of(eve, nobody)) {
      for (String target : own) {
        assertRefused(other.get(target), target);
      }
      for (Form form : forms) {
        assertRefused(other.post(form.action(), form.filled()), form.action());
      }
    }
    assertTrue(ada.get("/orders/1").text().contains("now <b>pending</b>"));
    assertTrue(ada.get("/api/cart").text().contains("\"cart\":{\"8\":3}"));
  }

  @Test
  void byNumbersThatWereNeverGiven() {
    for (String id : List.of("0", "-1", "2", "999999", "1.0", "9223372036854775807", "9223372036854775808", "0x1",
        "queued", "queued/", "queued/1", "queued/00000000-0000-0000-0000-000000000000")) {
      Response response = ada.get("/orders/" + id);
      assertTrue(response.status() == 404 || response.status() == 400, () -> id + ": " + response.status());
    }
  }

  /** An id of a visitor that was made up is none, and one that is another's cart takes 128 bits to guess. */
  @Test
  void byACookieThatWasMadeUp() {
    for (String id : List.of("user:1", "user%3A1", "1", "../user:1", "visitor", "A".repeat(32), "0".repeat(31), "0"
        .repeat(33))) {
      Browser forged = shop.browser().withCookie("visitor", id);
      Response cart = forged.get("/api/cart");
      assertTrue(cart.text().contains("\"count\":0"), id);
      assertTrue(forged.cookie("visitor").matches("[0-9a-f]{32}"), () -> "a new one in place of " + id);
    }
  }

  @Test
  void byATokenThatWasMadeUp() {
    String[] parts = ada.cookie("session").split("\\.", -1);
    String none = "eyJhbGciOiJub25lIn0." + parts[1] + ".";
    for (String token : List.of(none, parts[0] + "." + parts[1] + ".", parts[0] + "." + parts[1].substring(1) + "."
        + parts[2], "x.y.z", "")) {
      Response page = shop.browser().withCookie("session", token).get("/orders");
      assertFalse(page.text().contains("Order 1"), token);
      assertTrue(page.status() >= 300, token);
    }
  }

  private static int order() {
    return ada.post("/checkout", Form.of(ada.get("/checkout"), "/checkout").encoded(Map.of("street", SECRET))).status();
  }

  private static void assertRefused(Response response, String target) {
    assertFalse(response.text().contains(SECRET), target);
    if (target.startsWith("/orders/")) {
      boolean toLogin = response.header("Location").filter(to -> to.startsWith("/login?next=/")).isPresent();
      assertTrue(response.status() == 404 || toLogin, () -> target + ": " + response.status());
    }
  }
}
