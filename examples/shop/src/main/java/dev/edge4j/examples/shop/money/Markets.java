package dev.edge4j.examples.shop.money;

import dev.edge4j.Geo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The markets of the shop. The rates are sample data: fixed, round, of no particular day. */
public final class Markets {
  private static final List<Market> ALL = List.of(
      Market.of("US", "United States", "USD", "1"),
      Market.of("AU", "Australia", "AUD", "1.50"),
      Market.of("BR", "Brazil", "BRL", "5.40"),
      Market.of("CA", "Canada", "CAD", "1.38"),
      Market.of("FR", "France", "EUR", "0.90"),
      Market.of("DE", "Germany", "EUR", "0.90"),
      Market.of("IN", "India", "INR", "85"),
      Market.of("JP", "Japan", "JPY", "150"),
      Market.of("PL", "Poland", "PLN", "3.80"),
      Market.of("SE", "Sweden", "SEK", "10.20"),
      Market.of("CH", "Switzerland", "CHF", "0.85"),
      Market.of("GB", "United Kingdom", "GBP", "0.78"));

  private static final Map<String, Prices> PRICES = ALL.stream()
      .collect(Collectors.toUnmodifiableMap(Market::country, Prices::new));
  private static final Map<String, Market> BY_COUNTRY = ALL.stream()
      .collect(Collectors.toUnmodifiableMap(Market::country, Function.identity()));

  private Markets() {}

  /** All markets, the shop's own first. */
  public static List<Market> all() {
    return ALL;
  }

  /** The market of a country code, as a visitor may have picked it. */
  public static Optional<Market> find(String country) {
    return Optional.ofNullable(BY_COUNTRY.get(country));
  }

  /**
   * The market of a visitor: what was picked, else the country the request comes from, else a market with the same
   * currency, else the shop's own.
   */
  public static Market choose(Optional<String> picked, Geo geo) {
    return picked.flatMap(Markets::find)
        .or(() -> geo.country().flatMap(Markets::find))
        .or(() -> ALL.stream().filter(market -> market.currency().equals(geo.currency())).findFirst())
        .orElse(ALL.getFirst());
  }

  /** The prices of a market. */
  public static Prices prices(Market market) {
    return Optional.ofNullable(PRICES.get(market.country())).orElseGet(() -> new Prices(market));
  }
}
