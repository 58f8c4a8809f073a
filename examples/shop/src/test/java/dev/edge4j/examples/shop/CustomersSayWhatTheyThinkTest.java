package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reviews: who may write them, what becomes of them, and what a page does without. */
class CustomersSayWhatTheyThinkTest {
  private static final String TEXT = "It pours without a drop beside the cup.";

  private CutWires wires;
  private RunningShop shop;

  @BeforeEach
  void open() throws Exception {
    wires = new CutWires();
    shop = RunningShop.on(wires);
  }

  @AfterEach
  void close() throws Exception {
    wires.origin.release();
    wires.origin.cut = false;
    shop.close();
  }

  @Test
  void whoIsNotLoggedInIsLedToTheLogin() {
    long before = shop.count("reviews");
    Response response = write(shop.browser(), 7, "5", TEXT);
    assertEquals("/login?next=/products/7%23reviews", response.header("Location").orElseThrow());
    assertEquals(before, shop.count("reviews"));
  }

  @Test
  void aReviewIsShownAtOnceEscapedAndUnderItsWritersName() {
    Browser customer = shop.customer("ada");
    String nasty = "<img src=x onerror=alert(1)> </textarea><script>alert(2)</script> {{frame.account.email}}";
    assertEquals("/products/7#reviews", write(customer, 7, "5", nasty).header("Location").orElseThrow());
    String page = customer.get("/products/7").text();
    assertTrue(page.contains("&lt;img src"), page);
    assertTrue(page.contains("{{frame.account.email}}") || page.contains("&#123;&#123;frame"), page);
    assertFalse(page.contains("<script>alert"), page);
    assertFalse(page.contains("<img src=x"), page);
    assertTrue(page.contains("><bdi>ada</bdi>, <time"), page);
    assertFalse(page.contains("Has bought it here"), "nothing was ordered");
  }

  @Test
  void writingAgainReplacesAndARatingReachesTheList() {
    Browser customer = shop.customer("ada");
    long before = shop.count("reviews");
    write(customer, 7, "1", TEXT);
    write(customer, 7, "5", TEXT + " Really.");
    assertEquals(before + 1, shop.count("reviews"));
    String page = customer.get("/products/7").text();
    assertTrue(page.contains("Really."), page);
    shop.pull();
    Map<String, Object> seven = Map.of("id", 7L);
    String sums = "SELECT ratings * 1000 + rating_sum FROM products WHERE id = :id";
    long there = shop.mesh()
        .session()
        .query("orders", Long.class, "SELECT count(*) * 1000 + sum(stars) FROM reviews WHERE product_id = :id", seven)
        .getFirst();
    assertEquals(there, shop.mesh().session().query("catalog", Long.class, sums, seven).getFirst());
  }

  @Test
  void whoHasBoughtItIsToldApart() {
    Browser customer = shop.customer("ada");
    assertEquals(201, customer.order("key", "{\"lines\":[{\"productId\":7,\"quantity\":1}]}").status());
    write(customer, 7, "4", TEXT);
    assertTrue(customer.get("/products/7").text().contains("Has bought it here"));
  }

  @Test
  void whoTakesAnOrderBackHasNotBoughtIt() {
    Browser before = shop.customer("ada");
    orderAndCancel(before);
    write(before, 7, "4", TEXT);
    assertFalse(before.get("/products/7").text().contains("Has bought it here"));
    Browser after = shop.customer("bob");
    after.order("key", "{\"lines\":[{\"productId\":8,\"quantity\":1}]}");
    write(after, 8, "4", TEXT);
    after.post("/orders/2/cancel", "");
    assertEquals(0, shop.mesh()
        .session()
        .query("orders", Long.class, "SELECT count(*) FROM reviews WHERE bought = 1 AND author IN ('ada', 'bob')", Map
            .of())
        .getFirst());
  }

  @Test
  void anOrderThatIsTakenBackLeavesWhatAnotherHasBought() {
    Browser customer = shop.customer("ada");
    customer.order("first", "{\"lines\":[{\"productId\":7,\"quantity\":1}]}");
    customer.order("second", "{\"lines\":[{\"productId\":7,\"quantity\":2}]}");
    write(customer, 7, "4", TEXT);
    assertEquals(303, customer.post("/orders/2/cancel", "").status());
    assertEquals(303, write(customer, 8, "4", TEXT).status());
    assertEquals(1, shop.mesh()
        .session()
        .query("orders", Long.class, "SELECT count(*) FROM reviews WHERE bought = 1 AND author = 'ada'", Map.of())
        .getFirst());
  }

  private static void orderAndCancel(Browser customer) {
    assertEquals(201, customer.order("key", "{\"lines\":[{\"productId\":7,\"quantity\":1}]}").status());
    assertEquals(303, customer.post("/orders/1/cancel", "").status());
  }

  @ParameterizedTest
  @CsvSource({"0, long enough to be one", "6, long enough to be one", "x, long enough to be one", "5, short"})
  void whatIsNoReviewIsSaidWhereItWasTyped(String stars, String body) {
    Browser customer = shop.customer("ada");
    long before = shop.count("reviews");
    Response response = write(customer, 7, stars, body);
    assertEquals(400, response.status());
    assertTrue(response.text().contains("role=\"alert\""), response.text());
    assertTrue(response.text().contains(">" + body + "</textarea>"), "what was typed is not lost");
    assertEquals(before, shop.count("reviews"));
    assertEquals(404, write(customer, 99_999, "5", TEXT).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200B", "\u3164", "\u00AD", "word \u202E", "word \u2067", "word \u200F"})
  void whatNobodyCanReadOrTurnsTheRestIsNoReview(String part) {
    Browser customer = shop.customer("ada");
    long before = shop.count("reviews");
    assertEquals(400, write(customer, 7, "5", part.repeat(20)).status());
    assertEquals(before, shop.count("reviews"));
  }

  @Test
  void noReviewTurnsWhatStandsBesideIt() {
    Browser customer = shop.customer("ada");
    String hebrew = "\u05D8\u05D5\u05D1 ".repeat(5).strip();
    assertEquals(303, write(customer, 7, "5", hebrew + "\u2028\u0085" + hebrew).status());
    String page = customer.get("/products/7").text();
    assertTrue(page.contains("<bdi>" + hebrew + " " + hebrew + "</bdi>"), page);
  }

  @Test
  void nobodyWritesMoreThanTwentyAnHour() {
    Browser customer = shop.customer("ada");
    int status = 0;
    for (int product = 1; product <= 21; product++) {
      status = write(customer, product, "4", TEXT).status();
    }
    assertEquals(429, status);
    customer.post("/logout/everywhere", "");
    customer.post("/login", "email=ada%40shop.example&password=secret-ada");
    assertEquals(429, write(customer, 22, "4", TEXT).status(), "who logs in again is the same customer");
    assertEquals(303, write(shop.customer("bob"), 1, "4", TEXT).status(), "it is each customer's own");
  }

  @Test
  void anotherSiteCannotWriteOne() {
    Browser customer = shop.customer("ada").with("Sec-Fetch-Site", "cross-site");
    assertEquals(403, write(customer, 7, "5", TEXT).status());
  }

  @Test
  void reviewsHavePages() {
    Browser visitor = shop.browser();
    long product = shop.mesh()
        .session()
        .query("orders", Long.class, "SELECT product_id FROM reviews GROUP BY product_id HAVING count(*) > 8", Map.of())
        .getFirst();
    String first = visitor.get("/products/" + product).text().replace("&#61;", "=");
    assertTrue(first.contains("href=\"/products/" + product + "?reviews=2#reviews\""), first);
    String third = visitor.get("/products/" + product + "?reviews=3").text();
    assertTrue(third.contains("Page 3 of 3"), third);
    assertTrue(third.contains("<link rel=\"canonical\" href=\"http://localhost/products/" + product + "\">"), third);
    assertEquals(400, visitor.get("/products/" + product + "?reviews=0").status());
  }

  @Test
  void aPageDoesWithoutThemWhileTheOriginIsAway() {
    wires.origin.cut = true;
    Response page = shop.browser().get("/products/7");
    assertEquals(200, page.status());
    assertTrue(page.text().contains("The reviews are kept at the origin, which does not answer just now."), page
        .text());
    assertTrue(page.text().contains("Add to Cart"));
  }

  @Test
  void aPageLeavesBeforeTheyAreThereAndTheyFollowOnIt() throws Exception {
    wires.origin.hold();
    Response page = shop.app().request("/products/7");
    Body.Stream body = assertInstanceOf(Body.Stream.class, page.body());
    var out = new Flushed(wires.origin::release);
    body.writer().writeTo(out);
    String first = out.first();
    assertTrue(first.contains("Add to Cart") && first.contains("<?start name="), first);
    assertTrue(first.contains("<noscript><p><a href=\"/products/7?reviews&#61;1#reviews\">") || first.contains(
        "<noscript><p><a href=\"/products/7?reviews=1#reviews\">"), first);
    assertFalse(first.contains("Customer "), first);
    String rest = out.toString(StandardCharsets.UTF_8).substring(first.length());
    assertTrue(rest.contains("<template for=") && rest.contains("Customer "), rest);
    assertTrue(rest.stripTrailing().endsWith("</html>"), rest);
  }

  @Test
  void aPageThatWasAskedForThemWaits() {
    Response page = shop.app().request("/products/7?reviews=1");
    assertFalse(page.body() instanceof Body.Stream, "all of it at once, for browsers that show nothing late");
    assertTrue(page.text().contains("Customer ") && !page.text().contains("<template for="), page.text());
  }

  /** Does something when the first part of a page has left. */
  private static final class Flushed extends ByteArrayOutputStream {
    private final Runnable then;
    private String first = "";

    Flushed(Runnable then) {
      this.then = then;
    }

    String first() {
      return first;
    }

    @Override
    public void flush() {
      if (first.isEmpty()) {
        first = toString(StandardCharsets.UTF_8);
        then.run();
      }
    }
  }

  private static Response write(Browser by, long product, String stars, String body) {
    return by.post("/products/" + product + "/reviews", "stars=" + stars + "&body=" + URLEncoder.encode(body,
        StandardCharsets.UTF_8));
  }
}
