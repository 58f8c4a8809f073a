package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.catalogue.CatalogueGenerator;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words are found in any order, the last one by its beginning; whatever else is typed is text. */
class SearchKnowsWhatIsMeantTest {
  private static RunningShop shop;

  @BeforeAll
  static void open() throws Exception {
    shop = RunningShop.open();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @Test
  void aFragmentForPeopleAndJsonForPrograms() {
    Response html = suggest("teap", "text/html");
    assertTrue(html.header("Content-Type").orElseThrow().startsWith("text/html"));
    assertTrue(html.text().stripLeading().startsWith("<ul role=\"listbox\""), html.text());
    assertTrue(html.text().contains("Teapots"), "kinds come first: " + html.text());
    Response json = suggest("teap", "application/json");
    assertTrue(json.text().startsWith("{\"query\":\"teap\""), json.text());
    for (Response each : new Response[]{html, json}) {
      assertEquals("public, max-age=60", each.header("Cache-Control").orElseThrow());
      assertTrue(each.header("Vary").orElseThrow().contains("Accept"));
      assertTrue(each.header("Set-Cookie").isEmpty(), "shared caches may keep it");
    }
  }

  @Test
  void wordsAreFoundInAnyOrderAndTheLastByItsBeginning() {
    Product sought = CatalogueGenerator.products(7).toList().getLast();
    String backwards = sought.kind() + " " + sought.material() + " " + sought.series().substring(0, 3);
    assertTrue(suggest(backwards, "application/json").text().contains("\"title\":\"" + sought.name()));
    assertTrue(shop.browser().get("/products?q=" + encoded(backwards)).text().contains(sought.name()));
    assertTrue(shop.app().request("/api/products?q=" + encoded(backwards)).text().contains(sought.name()));
  }

  @Test
  void aWordOfTheNameCountsMoreThanOneOfTheDescription() {
    String first = shop.app().request("/api/products?q=steel").text();
    int at = first.indexOf("\"name\":\"");
    assertTrue(first.substring(at, first.indexOf(',', at)).contains("Steel"), first);
  }

  @Test
  void controlsAreNoWordsAndStandOnNoPage() throws Exception {
    String typed = encoded("\u0000teapot\u001b\u0085steel\u2028\u007f");
    Browser keeper = shop.keeper();
    for (Response response : List.of(shop.browser().get("/products?q=" + typed), suggest("\u0000teapot\u0007",
        "text/html"),
        suggest("\u0000teapot\u0007", "application/json"), keeper.get("/admin?q=" + typed), shop.app()
            .request("/api/products?q=" + typed))) {
      assertEquals(200, response.status(), response.text());
      assertTrue(response.text().codePoints().noneMatch(ch -> Character.isISOControl(ch) && ch != '\n'), response
          .text());
      assertFalse(response.text().contains("\\u0000") || response.text().contains("\u2028"), response.text());
    }
    assertTrue(shop.browser().get("/products?q=" + typed).text().contains("teapot steel"));
    assertTrue(suggest("\u0000teapot\u0007", "application/json").text().startsWith("{\"query\":\"teapot\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "oak OR", "name:oak", "*", "oak*", "%", "_", "'; DROP TABLE products; --", "(", "NEAR(",
      "<script>alert(1)</script>", "\\", "-oak", "^", "{}", "\u0000"})
  void whateverElseIsTypedIsText(String typed) {
    Response html = suggest(typed, "text/html");
    assertEquals(200, html.status(), html.text());
    assertFalse(html.text().contains("<script"), html.text());
    Response list = shop.browser().get("/products?q=" + encoded(typed));
    assertEquals(200, list.status(), list.text());
    assertFalse(list.text().contains("<script>alert"), list.text());
    assertEquals(RunningShop.PRODUCTS, shop.mesh()
        .session()
        .query("catalog", Long.class, "SELECT count(*) FROM products", Map.of())
        .getFirst());
  }

  @Test
  void nothingAndTooMuchAreAnswered() {
    assertFalse(suggest("", "text/html").text().contains("role=\"option\""));
    assertTrue(suggest("zzzz", "text/html").text().contains("Nothing begins like"));
    assertEquals(400, suggest("x".repeat(61), "text/html").status());
  }

  @Test
  void theFieldIsAPlainForm() {
    String page = shop.browser().get("/").text();
    assertTrue(page.contains("action=\"/products\" method=\"get\" role=\"search\""));
  }

  private static Response suggest(String typed, String accept) {
    return shop.browser().with("Accept", accept).get("/search/suggest?q=" + encoded(typed));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
