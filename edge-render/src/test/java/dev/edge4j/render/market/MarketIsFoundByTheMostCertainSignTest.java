package dev.edge4j.render.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.Geo;
import dev.edge4j.Verdict;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Path, cookie, account, country, language, in that order; what names no market of ours counts for nothing, and caches go by what was found. */
class MarketIsFoundByTheMostCertainSignTest {
  private static final Markets MARKETS = Markets.of(Market.of("en-US", "USD"), Market.of("ja-JP", "JPY"),
      Market.of("de-DE", "EUR"), Market.of("de-CH", "CHF"), Market.of("fr-CH", "CHF"), Market.of("pt-BR", "BRL"),
      Market.of("he-IL", "ILS"));

  private static App app() {
    var app = new App();
    app.use(new Located(), MARKETS.account(c -> c.header("X-Account")));
    app.group(MARKETS.pattern()).get("/tea", c -> answer(Markets.of(c)));
    var inner = new App();
    inner.use(MARKETS);
    inner.get("/tea", c -> answer(Markets.of(c)));
    app.mount("/in/:market", inner);
    app.get("/tea", c -> answer(Markets.of(c)).withHeader("Cache-Control",
        "public, max-age=60, s-maxage=600"));
    app.get("/stored", c -> c.text("out of a cache").withHeader("Vary", "Accept, Edge-Market"));
    app.get("/robots.txt", c -> c.text("the same for all").withHeader("Cache-Control", "public"));
    app.get("/field", c -> c.text(String.join("+", c.headers().all("Edge-Market"))));
    app.get("/price", c -> c.text(MARKETS.formats(c).money(1234)));
    app.get("/go/a b", MARKETS::redirect);
    return app;
  }

  private static Response answer(Market market) {
    return Response.text(200, market.path());
  }

  /** Where a visitor is, as a test says it. */
  private static final class Located implements dev.edge4j.Gate {
    @Override
    public Verdict before(dev.edge4j.Context c) {
      c.header("X-Country").ifPresent(country -> c.set(Geo.KEY, Geo.ofCountry(country)));
      return Verdict.pass();
    }
  }

  private static Response get(String path, String cookie, String account, String country, String language) {
    Request request = Request.get(path);
    for (String[] field : new String[][]{{"Cookie", "market=" + cookie}, {"X-Account", account}, {"X-Country", country},
        {"Accept-Language", language}}) {
      request = field[1].endsWith("-") && field[1].length() < 9 ? request : request.withHeader(field[0], field[1]);
    }
    return app().request(request);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"/ja-jp/tea | de-de | pt-br | US | he | ja-jp",
      "/in/ja-jp/tea | de-de | pt-br | US | he | ja-jp",
      "/tea | de-de | pt-br | US | he | de-de", "/tea | nonsense | pt-br | US | he | pt-br",
      "/tea | - | pt-br | US | he | pt-br",
      "/tea | - | nonsense | JP | he | ja-jp", "/tea | - | - | JP | he | ja-jp", "/tea | - | - | FR | he | he-il",
      "/tea | - | - | CH | fr | fr-ch", "/tea | - | - | CH | it, de;q=0.5 | de-ch", "/tea | - | - | CH | it | de-ch",
      "/tea | - | - | - | pt | pt-br", "/tea | - | - | - | pt-PT, ja;q=0.9 | pt-br", "/tea | - | - | - | de-AT | de-de",
      "/tea | - | - | - | ja;q=0.3, de;q=0.8 | de-de", "/tea | - | - | - | de;q=0, ja | ja-jp",
      "/tea | - | - | - | iw | he-il",
      "/tea | - | - | - | de-CH-1996 | de-ch", "/tea | - | - | - | !!, ja | ja-jp",
      "/tea | - | - | - | de-LI, de-CH;q=0.5 | de-de", "/tea | - | - | - | sv-CH, en;q=0.5 | en-us",
      "/tea | - | - | - | it-CH | de-ch", "/tea | - | - | AT | en, de;q=0.5 | de-de", "/tea | - | - | AT | - | de-de",
      "/tea | JA-jp | - | - | - | ja-jp", "/tea | - | - | - | * | en-us",
      "/tea | - | - | - | - | en-us", "/tea | - | - | XX | sv | en-us"})
  void theMostCertainSignCounts(String path, String cookie, String account, String country, String language,
      String expected) {
    assertEquals(expected, get(path, cookie, account, country, language).text());
  }

  @Test
  void aHeaderOfAnyLengthIsAnswered() {
    assertEquals("ja-jp", get("/tea", "-", "-", "-", "x".repeat(90) + ",".repeat(600) + "ja").text());
    assertEquals("en-us", get("/tea", "-", "-", "-", "a-".repeat(4000) + "b").text());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"de-de | - | - | Cookie | public, max-age=60, s-maxage=600",
      "- | - | ja | Cookie, Authorization, Accept-Language | public, max-age=60, s-maxage=600",
      "- | JP | ja | Cookie, Authorization | private, max-age=60",
      "- | XX | en | Cookie, Authorization, Accept-Language | private, max-age=60",
      "- | CH | fr | Cookie, Authorization, Accept-Language | private, max-age=60",
      "- | FR | fr | Cookie, Authorization, Accept-Language | private, max-age=60"})
  void cachesInFrontAreToldWhatWasAsked(String cookie, String country, String language, String vary, String control) {
    Response response = get("/tea", cookie, "-", country, language);
    assertEquals(Optional.of(vary), response.header("Vary"));
    assertEquals(List.of(control.split(", ")), response.headers().list("Cache-Control"));
  }

  @Test
  void whatDoesNotDependOnTheMarketStaysAsItIs() {
    Response robots = get("/robots.txt", "-", "-", "JP", "ja");
    assertEquals(Optional.empty(), robots.header("Vary"));
    assertEquals(Optional.of("public"), robots.header("Cache-Control"));
    assertEquals(Optional.of("Accept, Cookie"), get("/stored", "ja-jp", "-", "-", "ja").header("Vary"));
  }

  @Test
  void whatThePathSaysVariesByNothing() {
    Response response = get("/ja-jp/tea", "de-de", "-", "US", "he");
    assertEquals(Optional.empty(), response.header("Vary"));
    assertEquals(Optional.empty(), response.header("Cache-Control"));
  }

  @Test
  void cachesBehindGoByTheMarketAlone() {
    Request forged = Request.get("/field")
        .withHeader("edge-market", "evil")
        .withHeader("Accept-Language", "ja,en;q=0.1");
    assertEquals("ja-JP.JPY.ja-jp", app().request(forged).text());
    assertEquals("ja-JP.JPY.ja-jp", get("/field", "ja-jp", "-", "US", "de").text());
  }

  @Test
  void aPathWithoutAMarketLeadsToTheOneWithIt() {
    Response response = get("/go/a%20b?x=1%2B1", "ja-jp", "-", "-", "-");
    assertEquals(302, response.status());
    assertEquals(Optional.of("/ja-jp/go/a%20b?x=1%2B1"), response.header("Location"));
    assertEquals(Optional.of("private, no-cache"), response.header("Cache-Control"));
  }

  @ParameterizedTest
  @CsvSource({"/shop/tea?x=1, /shop/ja-jp/tea?x=1", "/of/a%20b/tea, /of/a%20b/ja-jp/tea", "/shop, /shop/ja-jp",
      "/shop/, /shop/ja-jp"})
  void aMountedApplicationStaysBelowItsPrefix(String path, String expected) {
    var shop = new App();
    shop.use(MARKETS);
    shop.get("/", MARKETS::redirect);
    shop.get("/tea", MARKETS::redirect);
    var app = new App();
    app.mount("/shop", shop);
    app.mount("/of/:name", shop);
    Response response = app.request(Request.get(path).withHeader("Cookie", "market=ja-jp"));
    assertEquals(Optional.of(expected), response.header("Location"));
  }

  @Test
  void everyMarketIsNamedToSearchEngines() {
    Map<String, String> all = MARKETS.alternates("https://shop.example", "/tea");
    assertEquals(List.of("en-US", "ja-JP", "de-DE", "de-CH", "fr-CH", "pt-BR", "he-IL", "x-default"), List.copyOf(all
        .keySet()));
    assertEquals("https://shop.example/ja-jp/tea", all.get("ja-JP"));
    assertEquals("https://shop.example/tea", all.get("x-default"));
  }

  @Test
  void theFirstPageOfAMarketIsThereUnderTheNameThatIsGiven() {
    var app = new App();
    app.group(MARKETS.pattern()).get("/", c -> c.text("first"));
    app.get("/", c -> c.text("first of all"));
    String origin = "https://shop.example";
    MARKETS.alternates(origin, "/")
        .values()
        .forEach(page -> assertEquals(200, app.request(page.substring(origin
            .length())).status(), page));
  }

  @Test
  void formatsAreTheMarkets() {
    assertEquals("￥1,234", get("/price", "ja-jp", "-", "-", "-").text());
    assertEquals("12,34\u00a0€", get("/price", "de-de", "-", "-", "-").text());
    assertEquals("market=ja-jp; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax", MARKETS.cookie(MARKETS.find("ja-jp")
        .orElseThrow()).toString());
  }

  @Test
  void nonsenseIsRefused() {
    for (Runnable nonsense : List.<Runnable>of(Markets::of, () -> Market.of("ja", "JPY"), () -> Market.of("-JP", "JPY"),
        () -> Market.of("ja-JP", "XXXX"), () -> Market.of("ja-JP", "JPY").withPath("a/b"),
        () -> Markets.of(Market.of("ja-JP", "JPY"), Market.of("ja-JP", "USD")),
        () -> MARKETS.formats(Market.of("sv-SE", "SEK")))) {
      assertThrows(IllegalArgumentException.class, nonsense::run);
    }
  }
}
