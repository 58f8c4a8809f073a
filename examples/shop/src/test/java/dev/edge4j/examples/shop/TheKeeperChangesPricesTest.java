package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the keeper changes is what the next view shows; to everybody else the pages for it are not there. */
class TheKeeperChangesPricesTest {
  private static final String SEVEN = "/admin/products/7";

  private static RunningShop shop;

  private Browser keeper;
  private long changes;

  @BeforeAll
  static void open() throws Exception {
    shop = RunningShop.open();
  }

  @BeforeEach
  void logIn() throws Exception {
    keeper = shop.keeper();
    changes = shop.count("audit");
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @Test
  void aChangeIsShownByTheNextViewWhateverWasCached() {
    for (String page : List.of("/products/11", "/api/products/11", "/products")) {
      assertEquals(200, shop.browser().get(page).status());
      assertEquals(200, shop.browser().get(page).status());
    }
    Form form = Form.of(keeper.get("/admin/products/11"), "/admin/products/11");
    Response changed = keeper.post(form.action(), form.encoded(Map.of("price", "9.9", "stock", "5")));
    assertEquals(303, changed.status(), changed.text());
    String took = keeper.get(changed.header("Location").orElseThrow()).text();
    assertTrue(took.matches("(?s).*id=\"took\">[0-9]+ ms<.*"), took);
    assertFalse(keeper.get("/admin/products/11").text().contains("Changed."), "it is told once");
    assertFalse(keeper.get("/admin/products/11?took=5").text().contains("Changed."), "and not by anybody's link");
    String shown = shop.browser().get("/products/11").text();
    assertTrue(shown.contains("$9.90"), shown);
    String json = shop.app().request("/api/products/11").text();
    assertTrue(json.contains("\"price\":9.90") && json.contains("\"stock\":5"), json);
    assertEquals(changes + 1, shop.count("audit"));
    String before = form.fields().getOrDefault("price", "").replace(".", "") + " cents, stock " + form.fields()
        .getOrDefault("stock", "");
    assertTrue(keeper.get("/admin").text().contains(before), before);
  }

  /** What is said to be shown needs no store to be so: one that takes its time would have the next view show the old price. */
  @Test
  void whatIsShownIsThereBeforeItIsAskedFor() throws Exception {
    var wires = new CutWires();
    try (RunningShop other = RunningShop.on(wires)) {
      assertEquals(200, other.app().request("/api/products/7").status());
      Browser itsKeeper = other.keeper();
      String form = Form.of(itsKeeper.get(SEVEN), SEVEN).with("price", "9.9");
      assertEquals(303, itsKeeper.post(SEVEN, form).status());
      wires.kv.cut = true;
      wires.replica.cut = true;
      wires.origin.cut = true;
      Response shown = other.app().request("/api/products/7");
      assertTrue(shown.text().contains("\"price\":9.90"), shown.text());
      assertEquals("memory", shown.header("X-Served-From").orElse(""));
    }
  }

  @Test
  void whatWasSoldMeanwhileIsNotUndone() {
    String seen = form().with("stock", "500");
    Browser ada = shop.customer("ada");
    assertEquals(201, ada.order("k", "{\"lines\":[{\"productId\":7,\"quantity\":1}]}").status());
    long left = shop.stock(7);
    Response refused = keeper.post(SEVEN, seen);
    assertEquals(409, refused.status());
    assertTrue(refused.text().contains("since you opened this page"), refused.text());
    assertEquals(left, shop.stock(7));
    assertEquals(changes, shop.count("audit"));
    assertEquals(303, keeper.post(SEVEN, Form.of(refused, SEVEN).with("stock", "500")).status());
    assertEquals(500, shop.stock(7));
  }

  @ParameterizedTest
  @CsvSource({"price,0", "price,-1", "price,100000.01", "price,1e3", "price,1.234", "price,' '", "stock,-1",
      "stock,1000001", "stock,x", "version,x"})
  void whatIsOutOfBoundsChangesNothing(String field, String value) {
    long before = shop.stock(7);
    Response refused = keeper.post(SEVEN, form().with(field, value));
    assertEquals(400, refused.status());
    assertTrue(refused.text().contains("role=\"alert\""), refused.text());
    assertEquals(before, shop.stock(7));
    assertEquals(changes, shop.count("audit"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin", "/admin?q=oak", SEVEN, "/admin/products/9999", "/admin/nothing"})
  void toOthersThereIsNothingHere(String page) {
    assertEquals(404, shop.browser().get(page).status());
    assertEquals(404, shop.customer("ada").get(page).status());
    assertEquals(404, shop.customer("bob").post(SEVEN, "price=1&stock=1&version=0").status());
    assertEquals(changes, shop.count("audit"));
  }

  @Test
  void searchFindsWhatIsNamedSo() {
    String name = shop.mesh()
        .session()
        .query("orders", String.class, "SELECT name FROM goods WHERE id = 7", Map.of())
        .getFirst();
    String found = keeper.get("/admin?q=" + name.replace(' ', '+')).text();
    assertTrue(found.contains(SEVEN), found);
    assertFalse(found.contains("/admin/products/8\""), found);
    String none = keeper.get("/admin?q=%25").text();
    assertTrue(none.contains("Nothing has such a name"), none);
    assertTrue(Form.plain(keeper.get("/admin").text()).contains("page=2"));
    assertEquals(400, keeper.get("/admin?page=0").status());
  }

  @Test
  void anOrderThatIsSentCannotBeTakenBack() {
    Browser ada = shop.customer("ada");
    ada.add(7, 1);
    String order = ada.post("/checkout", Form.of(ada.get("/checkout"), "/checkout").filled())
        .header("Location")
        .orElseThrow();
    assertEquals(303, keeper.post(Form.of(keeper.get("/admin"), "/admin" + order + "/send").action(), "").status());
    assertFalse(ada.get(order).text().contains(order + "/cancel"));
    assertEquals(409, ada.post(order + "/cancel", "").status());
    assertTrue(ada.get(order).text().contains("now <b>sent</b>"));
    assertEquals(409, keeper.post("/admin/orders/9999/send", "").status());
  }

  @Test
  void whoLogsOutEverywhereIsNoKeeperAnyMore() throws Exception {
    Browser elsewhere = shop.keeper();
    assertEquals(200, elsewhere.get("/admin").status());
    keeper.post("/logout/everywhere", "");
    assertEquals(404, elsewhere.get("/admin").status());
    assertTrue(elsewhere.get("/").text().contains("href=\"/login\""));
    assertEquals(200, shop.keeper().get("/admin").status());
  }

  private Form form() {
    return Form.of(keeper.get(SEVEN), SEVEN);
  }
}
