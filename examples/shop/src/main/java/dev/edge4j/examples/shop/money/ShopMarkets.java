package dev.edge4j.examples.shop.money;

import dev.edge4j.render.market.Exchange;
import dev.edge4j.render.market.Market;
import dev.edge4j.render.market.Markets;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where the shop sells, and what is paid there. Its pages are English everywhere, with numbers as English is written in the country: each market says which languages its visitors' browsers ask
 * for. The path of a market is its country's code, which the picker and the cookie hold.
 */
public final class ShopMarkets {
  /** All markets: the shop's own, then the others by name. */
  public static final Markets ALL = Markets.of(
      of("US", "USD"),
      of("AU", "AUD"),
      of("BR", "BRL"),
      of("CA", "CAD", "en", "fr"),
      of("FR", "EUR", "fr"),
      of("DE", "EUR", "de"),
      of("IN", "INR", "hi"),
      of("JP", "JPY", "ja"),
      of("PL", "PLN", "pl"),
      of("SE", "SEK", "sv"),
      of("CH", "CHF", "de", "fr", "it"),
      of("GB", "GBP"));

  /** Sample data: fixed, round, of no particular day. */
  public static final Exchange RATES = Exchange.of("USD")
      .rate("AUD", "1.50")
      .rate("BRL", "5.40")
      .rate("CAD", "1.38")
      .rate("EUR", "0.90")
      .rate("INR", "85")
      .rate("JPY", "150")
      .rate("PLN", "3.80")
      .rate("SEK", "10.20")
      .rate("CHF", "0.85")
      .rate("GBP", "0.78");

  /** What the catalogue's prices and all charges are in. */
  public static final Currency DOLLAR = Currency.getInstance("USD");

  private static final Map<String, String> NAMES = ALL.all()
      .stream()
      .collect(Collectors.toUnmodifiableMap(Market::country, market -> market.name(Locale.ENGLISH)));
  private static final Map<String, Currency> CURRENCIES = ALL.all()
      .stream()
      .map(Market::currency)
      .distinct()
      .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));

  private ShopMarkets() {}

  private static Market of(String country, String currency, String... languages) {
    return Market.of("en-" + country, currency).withPath(country.toLowerCase(Locale.ROOT)).withLanguages(languages);
  }

  /** The gate of a shop that stands in that country, if anywhere: its visitors are there, unless more is known. */
  public static Markets at(Optional<String> country) {
    return country.map(ALL::home).orElse(ALL);
  }

  /** A market's country in English. */
  public static String name(Market market) {
    return NAMES.getOrDefault(market.country(), market.country());
  }

  /** The same as it stands in a sentence: {@code the United States}. */
  public static String place(Market market) {
    String name = name(market);
    return name.startsWith("United ") ? "the " + name : name;
  }

  /** The currency of that code, if one of the markets pays in it. */
  public static Optional<Currency> currency(String code) {
    return Optional.ofNullable(CURRENCIES.get(code));
  }
}
