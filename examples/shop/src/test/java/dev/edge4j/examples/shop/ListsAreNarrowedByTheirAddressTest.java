package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.catalogue.CatalogueGenerator;
import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a list shows is said by its address alone, and each number beside a choice is what choosing it gives. */
class ListsAreNarrowedByTheirAddressTest {
  private static final Pattern CHOICE = Pattern.compile(
      "<a (?:rel=\"nofollow\" )?href=\"(/products[^\"]*)\"[^>]*><span>[^<]+</span> <span class=\"number\">(\\d+)</span></a>");
  private static final Pattern TOTAL = Pattern.compile("(\\d+) products?[.]</p>");
  private static final List<Product> ALL = CatalogueGenerator.products(RunningShop.PRODUCTS).toList();

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
  @ValueSource(strings = {"/products", "/products?category=kitchen&material=oak,steel", "/products?q=oak&min=10&max=90",
      "/products?category=tea&kind=mug&stock=in"})
  void eachCountIsWhatTheChoiceGives(String list) {
    Matcher choices = CHOICE.matcher(page(list));
    int seen = 0;
    while (choices.find() && seen < 14) {
      String there = page(plain(choices.group(1)));
      if (!there.contains("aria-current=\"true\"><span>")) {
        continue; // the choice took back the last thing chosen
      }
      boolean taken = choices.group().contains("aria-current");
      assertTrue(taken || total(there) == Long.parseLong(choices.group(2)), choices.group());
      seen++;
    }
    assertTrue(seen > 5, "choices on " + list + ": " + seen);
  }

  @Test
  void aListHoldsWhatFitsAndNothingElse() {
    assertEquals(count(_ -> true), total(page("/products")));
    assertEquals(count(p -> p.category().equals("tea")), total(page("/products?category=tea")));
    assertEquals(count(p -> p.kind().equals("mug")), total(page("/products?category=tea&kind=mug")));
    assertEquals(count(p -> p.material().equals("oak") || p.material().equals("wool")),
        total(page("/products?material=oak,wool")));
    assertEquals(count(p -> p.priceCents() >= 2_000 && p.priceCents() <= 5_000), total(page(
        "/products?min=20&max=50")));
    assertEquals(count(p -> p.stock() > 0), total(page("/products?stock=in")));
    assertEquals(count(p -> p.category().equals("desk") && p.material().equals("oak") && p.priceCents() <= 4_000 && p
        .stock() > 0), total(page("/products?category=desk&material=oak&max=40&stock=in")));
  }

  @Test
  void pricesAreMeantInTheCurrencyThatTheAddressNames() {
    long cheap = count(p -> p.priceCents() <= 2_000);
    assertEquals(cheap, total(page("/products?max=3000&currency=JPY")));
    String japan = shop.browser().with("CF-IPCountry", "JP").get("/products?max=20").text();
    assertEquals(cheap, total(japan), "the same for who sees other prices");
    assertTrue(japan.contains("name=\"max\"") && japan.contains("value=\"3000\""), "and shown in his own");
  }

  @Test
  void parametersStandInOneOrderHoweverTheyCame() {
    String mixed = page("/products?sort=cheapest&stock=in&max=90.50&material=steel&material=&category=kitchen");
    assertEquals("", mixed, "an address that a form has made leads on");
    Response led = shop.browser()
        .get("/products?page=1&q=&sort=cheapest&stock=in&min=&max=90.50&material=steel&material=oak&category=kitchen");
    String clean = "/products?category=kitchen&material=oak,steel&max=90.50&stock=in&sort=cheapest";
    assertEquals(clean, led.header("Location").orElseThrow());
    assertTrue(page(clean).contains("<link rel=\"canonical\" href=\"http://localhost" + clean.replace("&sort=cheapest",
        "")
        .replace("&",
            "&amp;")));
  }

  @Test
  void searchEnginesAreNotLedIntoEveryCombination() {
    assertFalse(page("/products?category=tea&kind=mug").contains("noindex"));
    for (String query : List.of("material=oak", "min=5", "stock=in", "q=oak")) {
      assertTrue(page("/products?" + query).contains("<meta name=\"robots\" content=\"noindex, follow\">"), query);
    }
    String second = page("/products?page=2");
    assertTrue(second.contains("<link rel=\"prev\" href=\"/products\">"));
    assertTrue(second.contains("<link rel=\"next\" href=\"/products?page=3\">"));
  }

  @Test
  void aListCanBeOrderedByWhatCustomersThink() {
    Matcher stars = Pattern.compile("Rated</span> (\\d[.]\\d)").matcher(page("/products?sort=rating"));
    double last = 5;
    while (stars.find()) {
      double next = Double.parseDouble(stars.group(1));
      assertTrue(next <= last, next + " behind " + last);
      last = next;
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      min=x                  | min
      min=-1                 | min
      max=1e9                | max
      max=1.999              | max
      min=9&max=3            | max
      currency=XXX           | currency
      kind=mug               | kind
      category=tea&kind=sofa | kind
      material=gold          | material
      stock=out              | stock
      sort=best              | sort
      """)
  void whatMakesNoSenseIsSaidInTheShopsOwnWords(String query, String named) {
    Response response = shop.browser().get("/products?" + query);
    assertEquals(400, response.status());
    assertTrue(response.text().contains("That did not make sense to us"), response.text());
    Response problem = shop.app().request("/api/products?" + query);
    assertEquals(400, problem.status());
    assertTrue(problem.text().contains("\"field\":\"" + named), problem.text());
  }

  @Test
  void theTreeHoldsEveryKindOfItsShelf() {
    String page = page("/products?category=seating");
    for (Category.Kind kind : Category.SEATING.kinds()) {
      assertTrue(page.contains("<span>" + kind.title() + "</span>"), kind.title());
    }
  }

  private static String page(String target) {
    return plain(shop.browser().get(target).text().replace("&amp;", "\u0000")).replace("\u0000", "&amp;");
  }

  private static String plain(String html) {
    return html.replace("&amp;", "&").replace("&#61;", "=");
  }

  private static long total(String page) {
    Matcher total = TOTAL.matcher(page);
    assertTrue(total.find(), page);
    return Long.parseLong(total.group(1));
  }

  private static long count(Predicate<Product> fits) {
    return ALL.stream().filter(fits).count();
  }
}
