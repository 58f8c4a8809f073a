package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.catalogue.CatalogueGenerator;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.http.Response;
import dev.edge4j.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a page says to programs, what it remembers of a visitor, and how it looks to him. */
class PagesSayWhatTheyAreTest {
  private static final Pattern FACT = Pattern.compile("<script type=\"application/ld\\+json\">(.*?)</script>",
      Pattern.DOTALL);

  private static RunningShop shop;

  @BeforeAll
  static void open() throws Exception {
    shop = RunningShop.open();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @ParameterizedTest
  @CsvSource({"/, WebSite", "/products?category=tea, BreadcrumbList ItemList", "/products/7, Product BreadcrumbList"})
  void eachHasAHeadThatStandsForIt(String path, String types) {
    String page = shop.browser().with("Host", "127.0.0.1:8080").get(path).text().replace("&#61;", "=");
    for (String part : List.of("<html lang=\"en\"", "<meta charset=\"utf-8\">", "name=\"viewport\"", "<title>",
        "<meta name=\"description\" content=\"", "<link rel=\"canonical\" href=\"http://127.0.0.1:8080/",
        "hreflang=\"x-default\"", "property=\"og:image\" content=\"http://127.0.0.1:8080/", "<main id=\"main\"",
        "class=\"skip\"")) {
      assertTrue(page.contains(part), part + " on " + page);
    }
    Set<String> found = new HashSet<>();
    Matcher facts = FACT.matcher(page);
    while (facts.find()) {
      found.add(String.valueOf(json(facts.group(1)).get("@type")));
    }
    assertEquals(Set.of(types.split(" ")), found);
  }

  @Test
  void aProductTellsItsPriceAndWhetherItIsThere() {
    Map<?, ?> product = fact(shop.browser().with("CF-IPCountry", "JP").get("/products/7").text());
    String offer = String.valueOf(product.get("offers"));
    assertTrue(offer.contains("priceCurrency=JPY"), offer);
    assertTrue(offer.contains("availability=https://schema.org/InStock"), offer);
    Map<?, ?> soldOut = fact(shop.browser().get("/products/40").text());
    assertTrue(String.valueOf(soldOut.get("offers")).contains("availability=https://schema.org/OutOfStock"));
  }

  @Test
  void imagesHaveTheirSizeAndFieldsTheirLabel() {
    for (String path : List.of("/", "/products", "/products/7", "/products?q=zzz", "/nope")) {
      String page = shop.browser().get(path).text();
      Matcher images = Pattern.compile("<img [^>]*>").matcher(page);
      while (images.find()) {
        assertTrue(images.group().matches(".* alt=\".*width=\"\\d+\" height=\"\\d+\".*"), images.group());
      }
      assertEquals(1, page.split("<h1", -1).length - 1, path);
      assertFalse(page.contains(" style="), path);
    }
  }

  @Test
  void aProductHasPicturesAndVariants() {
    List<Product> all = CatalogueGenerator.products(RunningShop.PRODUCTS).toList();
    Product one = all.stream()
        .filter(p -> all.stream()
            .anyMatch(q -> q.id() != p.id() && q.kind().equals(p.kind()) && q.series().equals(p.series())))
        .findFirst()
        .orElseThrow();
    Product other = all.stream()
        .filter(q -> q.id() != one.id() && q.kind().equals(one.kind()) && q.series().equals(one.series()))
        .findFirst()
        .orElseThrow();
    String page = shop.browser().get("/products/" + one.id()).text();
    assertTrue(page.contains("<li><a href=\"/products/" + other.id() + "\""), page);
    for (String view : List.of("", "-room", "-detail", "-pair")) {
      String url = "/img/" + one.picture() + view + ".svg";
      assertTrue(page.contains(url), url);
      Response picture = shop.browser().get(url);
      assertEquals(200, picture.status());
      assertTrue(picture.header("Cache-Control").orElseThrow().contains("immutable"));
    }
    assertEquals(404, shop.browser().get("/img/" + one.picture() + "-behind.svg").status());
  }

  @Test
  void theLastProductsOfAVisitorAreRememberedAndNoMore() {
    Browser visitor = shop.browser();
    for (int id = 1; id <= 12; id++) {
      visitor.get("/products/" + id);
    }
    String home = visitor.get("/").text();
    String seen = home.substring(home.indexOf("You have looked at"));
    assertTrue(seen.contains("/products/12\"") && seen.contains("/products/9\""), seen);
    assertFalse(seen.contains("/products/8\""), seen);
    assertTrue(visitor.cookie("seen").length() < 200, visitor.cookie("seen"));
  }

  @Test
  void aCookieOfSomebodyElsesMakingIsNone() {
    Browser visitor = shop.browser();
    visitor.get("/products/3");
    String good = visitor.cookie("seen");
    for (String bad : List.of("1.2.3", good.substring(1), good + "A", "", "<script>")) {
      Response home = shop.browser().withCookie("seen", bad).get("/");
      assertEquals(200, home.status());
      assertFalse(home.text().contains("You have looked at"), bad);
    }
  }

  @Test
  void lightAndDarkArePickedAndKept() {
    Browser visitor = shop.browser();
    assertFalse(visitor.get("/").text().contains("data-scheme"));
    Response picked = visitor.post("/scheme", "scheme=dark&return=%2Fproducts");
    assertEquals("/products", picked.header("Location").orElseThrow());
    String page = visitor.get("/").text();
    assertTrue(page.startsWith("<!DOCTYPE html>\n<html lang=\"en\" data-scheme=\"dark\">"), page);
    assertTrue(page.contains("<meta name=\"color-scheme\" content=\"dark\">"));
    visitor.post("/scheme", "scheme=sepia&return=%2F%2Fevil.example");
    assertTrue(visitor.get("/").text().contains("data-scheme=\"dark\""), "what there is not is not picked");
    assertFalse(shop.browser().withCookie("scheme", "\"><script>").get("/").text().contains("data-scheme"));
  }

  @Test
  void whoSeemsToBeElsewhereIsAsked() {
    Browser visitor = shop.browser().with("CF-IPCountry", "JP");
    assertFalse(visitor.get("/").text().contains("You seem to be in"));
    visitor.post("/market", "country=GB&return=%2F");
    assertTrue(visitor.get("/").text().contains("You seem to be in Japan"));
  }

  @Test
  void pagesThatMayBeNeededNextAreFetchedByRules() {
    String field = shop.browser().get("/").header("Speculation-Rules").orElseThrow();
    Response rules = shop.browser().get(field.substring(1, field.length() - 1));
    assertEquals("application/speculationrules+json", rules.header("Content-Type").orElseThrow());
    assertTrue(json(rules.text()).containsKey("prefetch"));
  }

  private static Map<?, ?> fact(String page) {
    Matcher fact = FACT.matcher(page);
    assertTrue(fact.find());
    return json(fact.group(1));
  }

  private static Map<?, ?> json(String text) {
    return JsonCodec.jackson().read(text.getBytes(StandardCharsets.UTF_8), Map.class);
  }
}
