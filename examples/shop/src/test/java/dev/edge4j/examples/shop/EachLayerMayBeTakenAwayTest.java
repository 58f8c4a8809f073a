package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.examples.shop.catalogue.CatalogueGenerator;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Memory, key-value store, edge copy and origin are taken away one after the other, and all together: the catalogue keeps answering,
 * says which step gave the answer, and is what it was when they come back.
 */
class EachLayerMayBeTakenAwayTest {
  /** What is asked for: a product and a list, each as JSON and as a page, and a product that must be in the answer. */
  private static final Map<String, Product> TARGETS = Map.of("/api/products/7", product(7), "/products/8", product(8),
      "/api/products?sort=newest", product(200), "/products?page=2", product(180));
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final CutWires wires = new CutWires();
  private RunningShop shop;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.on(wires);
  }

  @AfterEach
  void close() throws Exception {
    wires.origin.release();
    shop.close();
  }

  @Test
  void inTurn() {
    // tag::chain[]
    answers("replica"); // the first time
    answers("memory");
    shop.restart();
    answers("kv");
    wires.kv.cut = true;
    wires.replica.cut = true;
    wires.origin.cut = true;
    answers("memory");
    wires.advance(Duration.ofHours(3)); // what is there is past its freshness lifetime
    answers("stale-memory;age=10800");
    wires.kv.cut = false;
    shop.restart();
    answers("stale-kv;age=10800");
    wires.kv.cut = true;
    shop.restart();
    wires.replica.cut = false;
    answers("stale-replica");
    wires.origin.cut = false;
    answers("origin"); // the copy is hours behind
    wires.advance(Duration.ofMinutes(10));
    restore();
    answers("replica");
    // end::chain[]
  }

  @Test
  void memoryAndKeyValueStore() {
    answers("replica");
    shop.restart();
    wires.kv.cut = true;
    answers("replica");
    answers("memory");
  }

  @Test
  void aCartTakesWhatNobodyCanPrice() {
    Browser browser = shop.browser();
    browser.add(7, 1);
    shop.restart();
    browser.get("/api/products/8");
    wires.kv.cut = true;
    wires.replica.cut = true;
    wires.origin.cut = true;
    Response added = browser.add(8, 2);
    assertEquals(200, added.status(), "it is in: " + added.text());
    assertTrue(added.text().contains("\"cart\":{\"7\":1,\"8\":2}") && added.text().contains("\"count\":3"), added
        .text());
    assertEquals("catalog", added.header("X-Degraded").orElse(""));
    restore();
    assertTrue(browser.get("/api/cart").text().contains("\"count\":3"));
  }

  @Test
  void theResponseAloneIsMissing() {
    answers("replica", "/products/8");
    assertEquals("memory", from(shop.app().request("/api/products/8")));
    assertEquals("memory", from(shop.app().request("/api/products/8")));
    answers("replica", "/api/products/7");
    shop.app().request("/products/9");
    while (shop.mesh().kv(Stores.CACHE).get("cache:goods:=9").isEmpty()) { // whoever asked does not wait for that
      Thread.onSpinWait();
    }
    shop.restart();
    assertEquals("kv", from(shop.app().request("/api/products/9")), "the value is there");
  }

  @Test
  void theReplicaToo() {
    wires.kv.cut = true;
    wires.replica.cut = true;
    answers("origin");
    answers("memory");
  }

  @Test
  void theLinkThatKeepsTheReplicaUpToDate() {
    wires.advance(Duration.ofSeconds(6)); // and no pull
    answers("origin");
  }

  @Test
  void everythingButAStaleReplica() {
    wires.advance(Duration.ofHours(3));
    wires.kv.cut = true;
    wires.origin.cut = true;
    answers("stale-replica");
    answers("stale-replica"); // and is not taken for a fresh value the second time
    restore();
    answers("replica");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/products/7", "/products/7", "/api/products", "/products", "/"})
  void allOfThem(String target) {
    wires.kv.cut = true;
    wires.replica.cut = true;
    wires.origin.cut = true;
    Response response = Browser.whole(shop.app().request(target));
    assertEquals("static", from(response));
    assertEquals(503, response.status());
    assertEquals("30", response.header("Retry-After").orElseThrow());
    assertTrue(response.header("Cache-Control").orElseThrow().contains("no-store"));
    assertTrue(response.text().contains(target.startsWith("/api") ? "\"error\":" : "The shelves are out of sight"),
        response.text());
    restore();
    Response again = Browser.whole(shop.app().request(target));
    assertEquals("replica", from(again));
    assertEquals(200, again.status());
  }

  @Test
  void theOriginThatIsLateIsNotWaitedFor() {
    wires.patience = 2; // the page has four seconds for all that it asks for
    shop.restart();
    wires.advance(Duration.ofHours(3));
    wires.kv.cut = true;
    wires.origin.hold();
    answers("stale-replica", "/api/products/7");
    answers("stale-replica", "/products/8");
    wires.origin.release();
    restore();
    answers("replica", "/products?page=2");
    assertTrue(List.of("replica", "origin", "memory").contains(from(shop.app().request("/products/8"))),
        "what was late has perhaps arrived");
  }

  @Test
  void whatIsOlderThanADayIsNotShown() {
    answers("replica", "/products/8");
    wires.advance(Duration.ofHours(24).plusMinutes(6));
    wires.origin.cut = true;
    assertEquals("static", from(shop.app().request("/products/8")));
  }

  @Test
  void aProductThatTheStaleCopyDoesNotHaveIsNotSaidToBeNowhere() {
    wires.advance(Duration.ofHours(3));
    wires.origin.cut = true;
    assertEquals(503, shop.app().request("/api/products/9999").status());
    wires.origin.cut = false;
    assertEquals(404, shop.app().request("/api/products/9999").status());
  }

  @Test
  void noOldPriceIsShownAsFresh() {
    answers("replica", "/api/products/7");
    answers("replica", "/products/8");
    shop.mesh().session().update("orders", "UPDATE goods SET price_cents = 990 WHERE id IN (7, 8)", Map.of());
    wires.origin.cut = true;
    wires.advance(Duration.ofHours(3));
    Response old = answers("stale-memory;age=10800", "/api/products/7");
    assertEquals("no-store", old.header("Cache-Control").orElseThrow());
    assertEquals("catalog", old.header("X-Degraded").orElseThrow());
    Response page = answers("stale-memory;age=10800", "/products/8");
    assertEquals("catalog", page.header("X-Degraded").orElseThrow());
    assertTrue(page.text().contains("may be out of date"), page.text());
    wires.origin.cut = false;
    wires.advance(Duration.ofMinutes(1));
    shop.pull();
    Response fresh = shop.app().request("/api/products/7");
    assertTrue(fresh.text().contains("\"price\":9.90"), fresh.text());
    assertEquals("replica", from(fresh));
    Response freshPage = shop.app().request("/products/8");
    assertTrue(freshPage.text().contains("9.90"));
    assertTrue(freshPage.header("X-Degraded").isEmpty());
  }

  @Test
  void aPageComesWithoutTheCart() {
    Browser ada = shop.customer("ada");
    var _ = ada.add(7, 2);
    assertTrue(ada.get("/products/7").text().contains("id=\"cart-count\">2<"));
    shop.stores().objects().close();
    Response page = ada.get("/products/7");
    assertEquals(200, page.status());
    assertEquals("cart", page.header("X-Degraded").orElseThrow());
    assertTrue(page.text().contains("Add to Cart"));
    assertTrue(page.text().contains("id=\"cart-count\">–<"));
    assertTrue(page.text().contains("We cannot look into your cart just now"));
    Response add = ada.add(8, 1);
    assertEquals(503, add.status());
    assertEquals("30", add.header("Retry-After").orElseThrow());
    shop.restart();
    assertTrue(ada.get("/products/7").text().contains("id=\"cart-count\">2<"), "what was in it stayed there");
  }

  @Test
  void aPageComesWithoutTheName() {
    Browser ada = shop.customer("ada");
    var _ = ada.add(7, 2);
    shop.restart();
    wires.origin.cut = true;
    Response page = ada.get("/products/7");
    assertEquals(200, page.status());
    assertEquals("account", page.header("X-Degraded").orElseThrow());
    assertTrue(page.text().contains("id=\"cart-count\">2<"), "her cart is hers without a name");
    assertFalse(page.text().contains("href=\"/login\""), "she is logged in");
    wires.origin.cut = false;
    Response whole = ada.get("/products/7");
    assertTrue(whole.text().contains("Log out ada"));
    assertTrue(whole.header("X-Degraded").isEmpty());
  }

  @Test
  void aCartIsThereWithoutTheNameOfItsOwner() {
    Browser ada = shop.customer("ada");
    var _ = ada.add(7, 2);
    shop.restart();
    wires.origin.cut = true;
    assertTrue(ada.get("/api/cart").text().contains("\"count\":2"));
    assertTrue(ada.add(8, 1).text().contains("\"count\":3"));
    Response page = ada.get("/cart");
    assertEquals(200, page.status());
    assertEquals("account", page.header("X-Degraded").orElseThrow());
    assertTrue(page.text().contains(product(7).name()));
  }

  @Test
  void aCartAndACheckoutSayThatTheirPricesMayBeOld() {
    Browser ada = shop.customer("ada");
    var _ = ada.add(7, 2);
    assertEquals(200, ada.get("/checkout").status());
    wires.origin.cut = true;
    wires.advance(Duration.ofHours(3));
    for (String target : List.of("/cart", "/checkout")) {
      Response page = ada.get(target);
      assertEquals(200, page.status(), target);
      assertEquals("catalog", page.header("X-Degraded").orElseThrow(), target);
      assertTrue(page.text().contains("may be out of date"), target);
    }
    restore();
    assertTrue(ada.get("/cart").header("X-Degraded").isEmpty());
  }

  @Test
  void withoutTheEdgeCopyTheOriginIsNotSaidToBeAway() throws Exception {
    wires.replica.cut = true;
    assertThrows(StoreException.class, shop::pull);
    assertTrue(shop.browser().get("/products/8").header("X-Degraded").isEmpty());
    Browser keeper = shop.keeper();
    Form form = Form.of(keeper.get("/admin/products/7"), "/admin/products/7");
    Response changed = keeper.post(form.action(), form.encoded(Map.of("price", "9.90", "stock", "5")));
    assertEquals(303, changed.status(), "it is made: " + changed.text());
    restore();
    assertTrue(shop.app().request("/api/products/7").text().contains("\"price\":9.90"), "the feed has brought it");
    wires.origin.cut = true;
    assertThrows(StoreException.class, shop::pull);
    assertEquals("origin", shop.browser().get("/products/8").header("X-Degraded").orElseThrow());
  }

  @Test
  void anOrderWaitsForTheOriginAndNothingIsLost() {
    Browser ada = shop.customer("ada");
    var _ = ada.add(7, 2);
    assertEquals(200, ada.get("/products/8").status());
    long stock = shop.stock(7);
    wires.origin.cut = true;
    Response refused = ada.order("key-1", "{}");
    assertEquals(503, refused.status());
    assertEquals("30", refused.header("Retry-After").orElseThrow());
    assertEquals("orders", ada.get("/orders").header("X-Degraded").orElseThrow());
    assertEquals(503, ada.get("/api/orders").status());
    assertEquals("30", ada.get("/api/orders").header("Retry-After").orElseThrow());
    assertTrue(ada.get("/api/cart").text().contains("\"count\":2"));
    assertTrue(ada.add(8, 1).text().contains("\"count\":3"), "the cart is filled at the edge");
    assertEquals(200, ada.get("/products/7").status());
    wires.origin.cut = false;
    assertEquals(201, ada.order("key-1", "{}").status());
    assertEquals("true", ada.order("key-1", "{}").header("Idempotency-Replayed").orElseThrow());
    assertEquals(stock - 2, shop.stock(7));
    assertTrue(ada.get("/api/cart").text().contains("\"count\":0"));
  }

  /** Everything is back, and the feed has come to the origin's present state. */
  private void restore() {
    wires.kv.cut = false;
    wires.replica.cut = false;
    wires.origin.cut = false;
    wires.advance(Duration.ofMinutes(1)); // past the pause that a failed refresh gives the origin
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!pulled()) { // past the pause of a store that has failed too often, too
      assertTrue(System.nanoTime() < end, "the origin is not asked again");
      LockSupport.parkNanos(10_000_000);
    }
  }

  private boolean pulled() {
    try {
      shop.pull();
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private void answers(String step) {
    TARGETS.keySet().forEach(target -> answers(step, target));
  }

  private Response answers(String step, String target) {
    long begin = System.nanoTime();
    Response response = Browser.whole(shop.app().request(target));
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertEquals(step, from(response), target);
    assertEquals(200, response.status(), target);
    Product product = Optional.ofNullable(TARGETS.get(target)).orElseThrow();
    assertTrue(response.text().contains(product.name()), () -> target + " shows " + response.text());
    assertTrue(response.text().contains(Prices.dollars(product.priceCents()).toPlainString()), () -> target + " shows "
        + response.text());
    assertTrue(took.compareTo(BOUND) < 0, () -> target + " took " + took);
    shop.settle();
    return response;
  }

  private static Product product(int id) {
    return CatalogueGenerator.products(id).toList().getLast();
  }

  private static String from(Response response) {
    return response.header("X-Served-From").orElse("nowhere, " + response.status() + " " + response.text());
  }
}
