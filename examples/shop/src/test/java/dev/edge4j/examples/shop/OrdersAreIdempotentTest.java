package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One key is one order, however often it is sent. */
class OrdersAreIdempotentTest {
  private static final String TWO_OF_ONE = "{\"lines\":[{\"productId\":1,\"quantity\":2}]}";

  private RunningShop shop;
  private Browser customer;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.open();
    customer = shop.customer("grace");
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @Test
  void theSameRequestGetsTheSameReply() {
    long before = shop.stock(1);
    Response first = customer.order("k1", TWO_OF_ONE);
    Response second = customer.order("k1", TWO_OF_ONE);
    assertEquals(201, first.status(), first.text());
    assertEquals(201, second.status());
    assertEquals(first.text(), second.text());
    assertEquals("true", second.header("Idempotency-Replayed").orElseThrow());
    assertEquals(before - 2, shop.stock(1));
    assertEquals(1, shop.count("orders"));
  }

  @Test
  void theSameKeyForAnotherRequestIsRefused() {
    customer.order("k1", TWO_OF_ONE);
    assertEquals(422, customer.order("k1", "{\"lines\":[{\"productId\":2,\"quantity\":1}]}").status());
    assertEquals(1, shop.count("orders"));
  }

  @Test
  void theKeysOfTwoCustomersDoNotMeet() {
    customer.order("k1", TWO_OF_ONE);
    assertEquals(201, shop.customer("alan").order("k1", TWO_OF_ONE).status());
    assertEquals(2, shop.count("orders"));
  }

  @Test
  void thePriceIsTheCataloguesWhateverTheClientThinks() {
    String product = shop.app().request("/api/products/1").text();
    Matcher price = Pattern.compile("\"price\":([0-9]+)\\.([0-9]{2})").matcher(product);
    assertTrue(price.find());
    long cents = Long.parseLong(price.group(1)) * 100 + Long.parseLong(price.group(2));
    Response order = customer.order("k1", TWO_OF_ONE);
    assertTrue(order.text().contains("\"total\":" + cents * 2 / 100 + "."), order.text());
  }

  @Test
  void aCheckoutSentTwiceIsOneOrderAndEmptiesTheCartOnce() {
    customer.add(1, 2);
    String form = Form.of(customer.get("/checkout"), "/checkout").filled();
    Response first = customer.post("/checkout", form);
    customer.add(3, 1);
    Response second = customer.post("/checkout", form);
    assertEquals(303, first.status());
    assertEquals(first.header("Location"), second.header("Location"));
    assertEquals(1, shop.count("orders"));
    assertTrue(customer.get("/api/cart").text().contains("\"cart\":{\"3\":1}"));
    assertTrue(customer.get(first.header("Location").orElseThrow()).text().contains("Thank you"));
  }

  @Test
  void aKeySentAgainAfterManyOtherOrdersLeavesTheCartAlone() {
    customer.add(1, 1);
    assertEquals(201, customer.order("first", "{}").status());
    for (int i = 0; i < 50; i++) {
      customer.add(2 + i % 30, 1);
      assertEquals(201, customer.order("later-" + i, "{}").status());
    }
    customer.add(1, 1);
    assertEquals("true", customer.order("first", "{}").header("Idempotency-Replayed").orElseThrow());
    assertTrue(customer.get("/api/cart").text().contains("\"cart\":{\"1\":1}"));
  }

  @Test
  void aCartThatChangedMeanwhileIsShownAgainFirst() {
    customer.add(1, 1);
    String form = Form.of(customer.get("/checkout"), "/checkout").filled();
    customer.add(2, 1);
    Response response = customer.post("/checkout", form);
    assertEquals(409, response.status());
    assertEquals(0, shop.count("orders"));
  }

  @Test
  void twoWindowsThatOrderOneCartAtOnceMakeOneOrder() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 1; round <= 10; round++) {
        customer.add(1, 1);
        List<Future<Response>> answers = new ArrayList<>();
        for (int window = 0; window < 4; window++) {
          String key = round + "-" + window;
          answers.add(threads.submit(() -> customer.order(key, "{}")));
        }
        int made = 0;
        for (Future<Response> answer : answers) {
          made += answer.get().status() == 201 ? 1 : 0;
        }
        assertEquals(1, made);
      }
    }
    assertEquals(10, shop.count("orders"));
    assertTrue(customer.get("/api/cart").text().contains("\"count\":0"));
  }

  @Test
  void nobodySeesTheOrderOfAnother() {
    customer.order("k1", TWO_OF_ONE);
    assertEquals(200, customer.get("/orders/1").status());
    assertEquals(404, shop.customer("eve").get("/orders/1").status());
    assertEquals("/login?next=/orders/1", shop.browser().get("/orders/1").header("Location").orElseThrow());
  }

  @Test
  void theEdgeCopyHearsOfTheStock() throws Exception {
    long before = shop.stock(1);
    assertTrue(Browser.whole(shop.app().request("/products/1")).text().contains("value=\"1\" required"));
    customer.order("k1", TWO_OF_ONE);
    shop.settle();
    long left = shop.mesh()
        .session()
        .query("catalog", Long.class, "SELECT stock FROM products WHERE id = 1", Map.of())
        .getFirst();
    assertEquals(before - 2, left);
    assertTrue(Browser.whole(shop.app().request("/products/1")).text().contains("In stock: " + left));
  }
}
