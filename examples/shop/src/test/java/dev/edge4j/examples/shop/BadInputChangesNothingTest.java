package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import dev.edge4j.json.JsonCodec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be done is answered clearly, and afterwards everything is as it was. */
class BadInputChangesNothingTest {
  private static RunningShop shop;
  private static Browser customer;

  @BeforeAll
  static void open() throws Exception {
    shop = RunningShop.open();
    customer = shop.customer("ada");
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"productId":1,"quantity":        | 400 | the body
      {"productId":"1","quantity":1}    | 400 | productId
      {"productId":1,"quantity":1.5}    | 400 | quantity
      {"productId":1}                   | 400 | quantity
      {"quantity":1}                    | 400 | productId
      {"productId":1,"quantity":1,"x":2}| 400 | x
      {"productId":1,"quantity":0}      | 400 | quantity
      {"productId":1,"quantity":-3}     | 400 | quantity
      {"productId":2,"quantity":99}     | 409 | product 2
      {"productId":40,"quantity":1}     | 409 | product 40
      {"productId":99999,"quantity":1}  | 404 | product 99999
      """)
  void ofTheCart(String json, int status, String named) {
    Response response = customer.postJson("/api/cart/add", json);
    assertEquals(status, response.status(), response.text());
    assertEquals("application/problem+json", response.header("Content-Type").orElseThrow());
    assertTrue(response.text().contains(named), response.text());
    assertTrue(customer.get("/api/cart").text().contains("\"count\":0"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"lines":[{"productId":1,"quantity":0}]}      | 400 | lines[0].quantity
      {"lines":[{"productId":1,"quantity":-1}]}     | 400 | lines[0].quantity
      {"lines":[{"productId":1}]}                   | 400 | quantity
      {"lines":[]}                                  | 400 | lines
      {"lines":[{"productId":1,"quantity":1},null]} | 400 | lines[1]
      {"lines":[{"productId":1,"quantity":1},{"productId":1,"quantity":1}]} | 400 | lines[1].productId
      {"lines":[{"productId":99999,"quantity":1}]}  | 404 | product 99999
      {"lines":[{"productId":2,"quantity":99}]}     | 409 | left
      {"lines":[{"productId":2,"quantity":1},{"productId":40,"quantity":1}]} | 409 | sold out
      {"total":1,"lines":[{"productId":1,"quantity":1}]} | 400 | total
      {}                                            | 409 | cart is empty
      [                                             | 400 | the body
      """)
  void ofAnOrder(String json, int status, String named) {
    long before = shop.stock(1) + shop.stock(2);
    Response response = customer.order("key", json);
    assertEquals(status, response.status(), response.text());
    assertTrue(response.text().contains(named), response.text());
    assertEquals(0, shop.count("orders"));
    assertEquals(0, shop.count("order_keys"));
    assertEquals(before, shop.stock(1) + shop.stock(2));
  }

  @Test
  void anOrderNeedsSomeoneWhoIsLoggedInAndAKey() {
    assertEquals(401, shop.browser().order("key", "{}").status());
    Response withoutKey = customer.postJson("/api/orders", "{}");
    assertEquals(400, withoutKey.status());
    assertTrue(withoutKey.text().contains("Idempotency-Key"));
    assertEquals(401, shop.browser().with("Authorization", "Bearer nonsense").get("/api/orders").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"page=0", "page=-1", "page=x", "category=none", "sort=none", "page=99999999999"})
  void ofAList(String query) {
    Response response = shop.app().request("/api/products?" + query);
    assertEquals(400, response.status());
    assertTrue(response.text().contains("\"field\":\"" + query.substring(0, query.indexOf('='))), response.text());
    assertEquals(400, shop.app().request("/products?" + query).status());
  }

  @Test
  void aFormOverStockShowsTheProductAgainWithTheReason() {
    Response response = customer.post("/cart/add", "productId=2&quantity=99");
    assertEquals(409, response.status());
    assertTrue(response.text().contains("role=\"alert\""));
    assertEquals(400, customer.post("/cart/add", "productId=1&quantity=0").status());
    assertEquals(404, customer.post("/cart/add", "productId=99999&quantity=1").status());
    assertEquals(400, customer.post("/cart/update", "productId=1&quantity=x").status());
    assertTrue(customer.get("/cart").text().contains("There is nothing in it yet"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u202Eevil", "\u200B", "\uFEFF", "\u0000", "a\r\nSet-Cookie: x=1", "a\u200Eb",
      "a\u061Cb", "ad\u200Bmin"})
  void ofANameThatHidesSomething(String name) {
    long before = shop.count("users");
    Response response = register(name, "eve@shop.example");
    assertEquals(400, response.status(), response.text());
    assertTrue(response.text().contains("Name must be 1 to 200 characters of one line"), response.text());
    assertEquals(-1, response.text().indexOf('\0'), "what is shown again");
    Response json = shop.browser()
        .postJson("/api/register", new String(JsonCodec.jackson()
            .write(Map.of("name", name, "email", "eve@shop.example", "password", "long enough")),
            StandardCharsets.UTF_8));
    assertTrue(json.text().contains("\"field\":\"name\""), json.text());
    assertEquals(before, shop.count("users"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"e\tve@shop.example", "e\nve@shop.example", "eve@shop\u0000.example",
      "\u202Eeve@shop.example", "e\u200Dve@shop.example", "e\u00A0ve@shop.example", " @shop.example", "eve@ "})
  void ofAnAddressThatHidesSomething(String email) {
    long before = shop.count("users");
    Response response = register("Eve", email);
    assertEquals(400, response.status(), response.text());
    assertTrue(response.text().contains("Email must be an address such as"), response.text());
    assertEquals(before, shop.count("users"));
  }

  @Test
  void aNameMayHoldWhatItsLanguageIsWrittenWith() {
    assertEquals(303, register("\u0645\u06CC\u200C\u062E", "mi@shop.example").status());
  }

  private static Response register(String name, String email) {
    return shop.browser()
        .post("/register", "name=" + encoded(name) + "&email=" + encoded(email) + "&password=long+enough");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void anotherSiteCannotSendAForm() {
    Response response = shop.browser().with("Sec-Fetch-Site", "cross-site").post("/cart/add", "productId=1&quantity=1");
    assertEquals(403, response.status());
  }

  @Test
  void theWayBackLeadsToNoOtherSite() {
    Response response = shop.browser().post("/market", "country=JP&return=%2F%2Fevil.example");
    assertEquals("/", response.header("Location").orElseThrow());
    assertEquals("/", shop.browser()
        .post("/login", "email=demo%40shop.example&password=edge-first&next=https%3A%2F%2Fevil.example")
        .header("Location")
        .orElseThrow());
  }
}
