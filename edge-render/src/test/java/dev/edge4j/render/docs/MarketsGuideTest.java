package dev.edge4j.render.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.render.market.Exchange;
import dev.edge4j.render.market.Formats;
import dev.edge4j.render.market.Market;
import dev.edge4j.render.market.Markets;
import dev.edge4j.render.market.Money;
import dev.edge4j.render.market.Plural;
import dev.edge4j.render.market.Rounding;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The listings of docs/markets.md. */
class MarketsGuideTest {
  // tag::markets[]
  static final Markets MARKETS = Markets.of(
      Market.of("en-US", "USD"), // the first is for whom nothing is known
      Market.of("ja-JP", "JPY"),
      Market.of("de-CH", "CHF"),
      Market.of("fr-CH", "CHF"));
  // end::markets[]

  // tag::exchange[]
  static final Exchange EXCHANGE = Exchange.of("USD")
      .rate("JPY", "150")
      .rate("CHF", "0.85")
      .rounding("CHF", Rounding.toMultiplesOf(5)); // there is no smaller coin
  // end::exchange[]

  @Test
  void aPriceInTheMarketOfTheVisitor() {
    var app = new App();
    // tag::price[]
    app.use(MARKETS);
    app.group(MARKETS.pattern()).get("/tea", c -> c.text(price(Markets.of(c), Money.of("12.50", "USD"))));
    app.get("/tea", MARKETS::redirect);
    // end::price[]
    assertEquals("￥1,875", app.request("/ja-jp/tea").text());
    assertEquals("CHF\u00a010.65", app.request("/de-ch/tea").text());
    Response elsewhere = app.request(Request.get("/tea").withHeader("Accept-Language", "fr-CH, fr;q=0.9"));
    assertEquals(Optional.of("/fr-ch/tea"), elsewhere.header("Location"));
  }

  // tag::formats[]
  static String price(Market market, Money amount) {
    Formats formats = MARKETS.formats(market);
    return formats.money(EXCHANGE.to(market.currency(), amount));
  }
  // end::formats[]

  // tag::english[]
  static final Markets ENGLISH = Markets.of(
      Market.of("en-US", "USD"),
      Market.of("en-JP", "JPY").withLanguages("ja"),
      Market.of("en-CH", "CHF").withLanguages("de", "fr", "it"));
  // end::english[]

  @Test
  void pagesInOneLanguageForSeveralCountries() {
    var app = new App();
    // tag::home[]
    app.use(ENGLISH.home("JP")); // in the region that stands in Japan
    // end::home[]
    app.get("/tea", c -> c.text(ENGLISH.formats(c).money(1234)));
    assertEquals("¥1,234", app.request("/tea").text());
    assertEquals(Optional.of("Switzerland"), ENGLISH.in("CH")
        .stream()
        .map(each -> each.name(Locale.ENGLISH))
        .findFirst());
    var elsewhere = new App();
    elsewhere.use(ENGLISH);
    elsewhere.get("/", c -> c.text(Markets.of(c).country()));
    assertEquals("CH", elsewhere.request(Request.get("/").withHeader("Accept-Language", "it-IT, it;q=0.9")).text());
  }

  @Test
  void datesAndPlurals() {
    Formats formats = MARKETS.formats(MARKETS.all().getFirst());
    // tag::words[]
    String date = formats.date(LocalDate.of(2026, 11, 28));
    String cups = formats.plural(3, Map.of(Plural.ONE, "a cup", Plural.OTHER, "some cups"));
    Optional<Money> offered = formats.readMoney("1,250.50");
    // end::words[]
    assertEquals("Nov 28, 2026", date);
    assertEquals("some cups", cups);
    assertEquals(Optional.of(Money.of("1250.50", "USD")), offered);
  }

  @Test
  void cachesGoByTheMarket() {
    var app = new App();
    app.use(MARKETS);
    app.get("/tea", c -> c.text(Markets.of(c).path()));
    Response response = app.request(Request.get("/tea").withHeader("Cookie", "market=ja-jp"));
    assertEquals("ja-jp", response.text());
    assertEquals(Optional.of("Cookie"), response.header("Vary"));
  }
}
