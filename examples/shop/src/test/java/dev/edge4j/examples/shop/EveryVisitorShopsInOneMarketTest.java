package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The market is what was picked, else that of the country, else what the browser's languages tell; all pages go by it, and no cache mixes two. */
class EveryVisitorShopsInOneMarketTest {
  private static final Pattern SELECTED = Pattern.compile("<option value=\"([A-Z]{2})\" selected>([^<]*)</option>");
  private static final Pattern LINE = Pattern.compile(
      "<span class=\"note\">([^<]*) each</span>.*?value=\"(\\d+)\" required>.*?<span class=\"price\">([^<]*)</span>",
      Pattern.DOTALL);
  private static final Pattern TOTAL = Pattern.compile("<b class=\"total\">([^<]*)</b>");

  private static RunningShop shop;

  @BeforeAll
  static void open() throws Exception {
    shop = RunningShop.open();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  private static String market(Response page) {
    Matcher selected = SELECTED.matcher(page.text());
    assertTrue(selected.find(), page.text());
    return selected.group(1) + " " + selected.group(2);
  }

  private static Browser visitor(String cookie, String country, String languages) {
    Browser visitor = shop.browser();
    if (!cookie.equals("-")) {
      visitor.withCookie("market", cookie);
    }
    if (!country.equals("-")) {
      visitor.with("CF-IPCountry", country);
    }
    return languages.equals("-") ? visitor : visitor.with("Accept-Language", languages);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"- | - | - | US United States (USD)",
      "- | - | de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7 | DE Germany (EUR)", "- | - | ja,en-US;q=0.9 | JP Japan (JPY)",
      "- | - | en-GB,en;q=0.9 | GB United Kingdom (GBP)", "- | - | fr-CH,fr;q=0.9 | CH Switzerland (CHF)",
      "- | - | en-US,en;q=0.5 | US United States (USD)", "- | - | tlh;;q=x, !! | US United States (USD)",
      "- | JP | de-DE | JP Japan (JPY)", "- | AT | de-AT,de | DE Germany (EUR)", "- | AT | en-US | FR France (EUR)",
      "se | JP | de-DE | SE Sweden (SEK)", "DE | JP | pl | DE Germany (EUR)", "XX | JP | pl | JP Japan (JPY)",
      "%00 | - | pl | PL Poland (PLN)"})
  void byTheMostCertainSign(String cookie, String country, String languages, String expected) {
    Response page = visitor(cookie, country, languages).get("/products/7");
    assertEquals(200, page.status());
    assertEquals(expected, market(page));
    assertTrue(page.text().startsWith("<!DOCTYPE html>\n<html lang=\"en\""), "the words are English everywhere");
  }

  @Test
  void numbersAreWrittenAsEnglishIsInTheCountry() {
    for (Map.Entry<String, String> each : Map.of("US", "\\$\\d+\\.\\d\\d", "DE", "\\d+,\\d\\d\u00a0€", "JP",
        "¥\\d(,\\d{3})*", "CH", "CHF\u00a0\\d+\\.\\d\\d", "GB", "£\\d+\\.\\d\\d").entrySet()) {
      String page = visitor(each.getKey(), "-", "-").get("/products/7").text();
      assertTrue(Pattern.compile("class=\"price big-price\">" + each.getValue() + " <").matcher(page).find(), page);
    }
  }

  @Test
  void aPickIsKeptAndWhatIsNoMarketChangesNothing() {
    Browser visitor = visitor("-", "JP", "de-DE");
    assertEquals("JP Japan (JPY)", market(visitor.get("/")));
    assertEquals(303, visitor.post("/market", "country=PL&return=%2Fcart").status());
    assertEquals("PL Poland (PLN)", market(visitor.get("/cart")));
    visitor.post("/market", "country=XX&return=%2F");
    Response page = visitor.get("/no/such/page");
    assertEquals("PL Poland (PLN)", market(page), "pages of errors too");
    assertTrue(page.text()
        .contains("You seem to be in Japan. <button class=\"link\" type=\"submit\">Show prices in JPY"),
        page.text());
    assertFalse(visitor("-", "JP", "-").get("/").text().contains("You seem to be in"));
    assertTrue(visitor("jp", "US", "-").get("/").text().contains("You seem to be in the United States."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"US", "JP", "PL", "IN", "SE"})
  void cartsAddUpAsTheyAreShown(String country) {
    Browser visitor = visitor(country, "-", "-");
    visitor.add(7, 3);
    visitor.add(11, 7);
    String cart = visitor.get("/cart").text();
    Matcher line = LINE.matcher(cart);
    long sum = 0;
    for (int lines = 0; lines < 2; lines++) {
      assertTrue(line.find(), cart);
      assertEquals(coins(line.group(1)) * Long.parseLong(line.group(2)), coins(line.group(3)), line.group());
      sum += coins(line.group(3));
    }
    Matcher total = TOTAL.matcher(cart);
    assertTrue(total.find(), cart);
    assertEquals(sum, coins(total.group(1)));
  }

  /** The digits of a price, all of which are shown. */
  private static long coins(String price) {
    return Long.parseLong(price.replaceAll("[^0-9]", ""));
  }

  @Test
  void cachesInFrontKeepNoPageForAnother() {
    for (String path : List.of("/", "/products", "/products/7", "/cart", "/nope")) {
      Response page = visitor("-", "JP", "ja").get(path);
      assertTrue(page.headers().list("Cache-Control").contains("private"), path);
      assertTrue(page.headers().list("Vary").contains("Cookie"), path);
      assertFalse(page.headers().list("Vary").contains("Edge-Market"), path);
      assertTrue(visitor("-", "-", "ja").get(path).headers().list("Vary").contains("Accept-Language"), path);
    }
  }

  @Test
  void theApiIsOneForAllMarketsAndCachedOnce() {
    for (String path : List.of("/api/products?category=tea", "/api/products/9")) {
      Response first = visitor("jp", "JP", "ja").get(path);
      assertEquals("MISS", first.header("X-Cache").orElseThrow(), path);
      assertFalse(first.headers().list("Cache-Control").contains("private"), path);
      for (String[] other : new String[][]{{"de", "DE", "de"}, {"-", "GB", "-"}, {"-", "-", "pl"}, {"-", "-", "-"}}) {
        Response again = visitor(other[0], other[1], other[2]).get(path);
        assertEquals("HIT", again.header("X-Cache").orElseThrow(), path);
        assertEquals(first.text(), again.text(), path);
        assertTrue(again.text().contains("\"currency\":\"USD\""), again.text());
        List<String> vary = again.headers().list("Vary").stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
        assertTrue(Collections.disjoint(vary, List.of("cookie", "accept-language", "edge-market")), path + vary);
      }
    }
  }
}
