package dev.edge4j.examples.shop.money;

import dev.edge4j.render.market.Formats;
import dev.edge4j.render.market.Market;
import dev.edge4j.render.market.Money;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * Turns cents of the catalogue into what a market's visitors read. A unit price is converted and rounded once, half up to the smallest coin, and sums are made of rounded unit prices, so that a
 * cart adds up as it is shown. Safe for use by many threads.
 */
public final class Prices {
  private final Currency currency;
  private final Formats formats;

  private Prices(Currency currency, Formats formats) {
    this.currency = currency;
    this.formats = formats;
  }

  /** Those of a market of the shop. */
  public static Prices of(Market market) {
    return new Prices(market.currency(), ShopMarkets.ALL.formats(market));
  }

  /** What they are in. */
  public Currency currency() {
    return currency;
  }

  /** None of the market's currency, to begin a sum with. */
  public Money nothing() {
    return new Money(0, currency);
  }

  /** An amount of the catalogue in the market's currency. */
  public Money of(long cents) {
    return ShopMarkets.RATES.to(currency, new Money(cents, ShopMarkets.DOLLAR));
  }

  /** That amount as text. */
  public String text(long cents) {
    return text(of(cents));
  }

  /** An amount of the market's currency as text. */
  public String text(Money amount) {
    return formats.money(amount);
  }

  /** Cents as an exact number of dollars with two digits: {@code 2450} is {@code 24.50}. */
  public static BigDecimal dollars(long cents) {
    return new Money(cents, ShopMarkets.DOLLAR).amount();
  }
}
