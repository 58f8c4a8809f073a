package dev.edge4j.render.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.GeoHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where all pages are English the browser's languages still tell the country, a region tells where its visitors are, and a country without a market pays its own money. */
class PagesInOneLanguageHaveManyMarketsTest {
  private static final Markets MARKETS = Markets.of(market("US", "USD"), market("CA", "CAD", "en", "fr"), market("FR",
      "EUR", "fr"), market("DE", "EUR", "de"), market("IN", "INR", "hi"), market("JP", "JPY", "ja"), market("CH", "CHF",
          "de", "fr", "it"), market("GB", "GBP"), market("TW", "TWD", "zh-Hant"));

  private static Market market(String country, String currency, String... languages) {
    return Market.of("en-" + country, currency).withPath(country.toLowerCase(Locale.ROOT)).withLanguages(languages);
  }

  private static Response ask(Markets markets, Map<String, String> fields) {
    var app = new App();
    app.use(GeoHeaders.trusting("X-Country"), markets);
    app.get("/", c -> c.text(Markets.of(c).country()));
    Request request = Request.get("/");
    for (Map.Entry<String, String> field : fields.entrySet()) {
      request = request.withHeader(field.getKey(), field.getValue());
    }
    return app.request(request);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7 | DE", "ja,en-US;q=0.9,en;q=0.8 | JP",
      "en-GB,en-US;q=0.9,en;q=0.8 | GB", "en-US,en;q=0.5 | US", "en | US", "fr-CA,fr;q=0.8,en | CA", "fr-BE,fr | FR",
      "de-AT,de;q=0.9 | DE", "fr-CH,fr;q=0.9,de | CH", "it | CH", "ta-IN,ta;q=0.9,en-US;q=0.8 | IN", "HI | IN",
      "zh-Hant-TW | TW", "zh-TW,zh;q=0.9 | TW", "nl-NL,nl;q=0.9,en-GB;q=0.8 | GB", "ja;q=0, de;q=0.1 | DE",
      "ja;q=2, de | DE", "sv | US", "* | US", "*,de;q=0.5 | DE", "-,;;,de_DE,ja-1234567890 | US"})
  void theBrowsersLanguagesTellTheCountry(String languages, String expected) {
    assertEquals(expected, ask(MARKETS, Map.of("Accept-Language", languages)).text());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"- | de-DE | JP", "- | - | JP", "GB | de-DE | GB", "AT | ja | FR",
      "AT | en-US | FR", "AT | de-AT | DE", "AT | - | FR", "CN | de-DE | DE", "CN | - | US"})
  void aRegionTellsWhereItsVisitorsAreUnlessMoreIsKnown(String country, String languages, String expected) {
    Response response = ask(MARKETS.home("JP"), given(country, languages));
    assertEquals(expected, response.text());
    assertTrue(response.headers().list("Cache-Control").contains("private"), "a visitor from elsewhere gets another");
  }

  @Test
  void whatOthersAskForChangesNothing() {
    for (int i = 0; i < 1_200; i++) {
      String languages = "xx-" + (1_000 + i) + (i % 3 == 0 ? ",ja" : i % 3 == 1 ? ",de-DE" : "");
      String expected = i % 3 == 0 ? "JP" : i % 3 == 1 ? "DE" : "US";
      assertEquals(expected, ask(MARKETS, Map.of("Accept-Language", languages)).text(), languages);
      assertEquals(expected, ask(MARKETS, Map.of("Accept-Language", languages)).text(), "once more: " + languages);
    }
  }

  @Test
  void aRegionWithoutAMarketPaysItsMoney() {
    assertEquals("DE", ask(MARKETS.home("NL"), Map.of("Accept-Language", "de")).text());
    assertEquals("FR", ask(MARKETS.home("NL"), Map.of("Accept-Language", "nl, en-US;q=0.5")).text());
    assertThrows(IllegalArgumentException.class, () -> MARKETS.home("Holland"));
  }

  private static Map<String, String> given(String country, String languages) {
    return country.equals("-") ? languages.equals("-") ? Map.of() : Map.of("Accept-Language", languages)
        : languages.equals("-") ? Map.of("X-Country", country)
            : Map.of("X-Country", country, "Accept-Language",
                languages);
  }

  @Test
  void aMarketIsFoundByItsPathInAnyCaseAndByItsCountry() {
    for (String cookie : List.of("jp", "JP", "Jp")) {
      assertEquals("JP", ask(MARKETS, Map.of("Cookie", "market=" + cookie)).text(), cookie);
    }
    assertEquals("US", ask(MARKETS, Map.of("Cookie", "market=japan")).text());
    assertEquals(Optional.of("CHF"), MARKETS.in("CH").stream().map(each -> each.currency().toString()).findFirst());
    assertEquals(List.of(), MARKETS.in("ch"));
  }

  @Test
  void itsNameIsForWhoReadsIt() {
    Market japan = MARKETS.in("JP").getFirst();
    assertEquals("Japan", japan.name(Locale.ENGLISH));
    assertEquals("日本", japan.name(Locale.JAPANESE));
    assertThrows(IllegalArgumentException.class, () -> japan.withLanguages("ja", "-"));
  }
}
