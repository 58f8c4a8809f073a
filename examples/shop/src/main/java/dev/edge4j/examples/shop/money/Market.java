package dev.edge4j.examples.shop.money;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * A country the shop sells to.
 *
 * @param country ISO 3166-1 alpha-2 code
 * @param name the country's name in English
 * @param currency what is paid there
 * @param perDollar how much of that currency one US dollar is: sample data, not a rate of any day
 */
public record Market(String country, String name, Currency currency, BigDecimal perDollar) {
  /** The name as it stands in a sentence: {@code the United States}. */
  public String place() {
    return name.startsWith("United ") ? "the " + name : name;
  }

  static Market of(String country, String name, String currency, String perDollar) {
    return new Market(country, name, Currency.getInstance(currency), new BigDecimal(perDollar));
  }
}
