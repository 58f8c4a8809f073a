package dev.edge4j.examples.shop.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Locale;

/**
 * Turns cents of the catalogue into what a market's visitors read. A unit price is converted and rounded once, and
 * sums are made of rounded unit prices, so that a cart adds up as it is shown. Safe for use by many threads.
 */
public final class Prices {
  private final Market market;
  /** Never used to format: a NumberFormat is for one thread, and making a new one costs forty times a clone. */
  private final NumberFormat prototype;

  Prices(Market market) {
    this.market = market;
    this.prototype = NumberFormat.getCurrencyInstance(Locale.of("en", market.country()));
    prototype.setCurrency(market.currency());
    prototype.setMinimumFractionDigits(digits());
    prototype.setMaximumFractionDigits(digits());
  }

  /** An amount of the catalogue in the market's currency, rounded half up to its smallest coin. */
  public BigDecimal amount(long cents) {
    return dollars(cents).multiply(market.perDollar()).setScale(digits(), RoundingMode.HALF_UP);
  }

  /** That amount as text. */
  public String text(long cents) {
    return text(amount(cents));
  }

  /** An amount of the market's currency as text. */
  public String text(BigDecimal amount) {
    return ((NumberFormat) prototype.clone()).format(amount);
  }

  /** Cents as an exact number of dollars with two digits: {@code 2450} is {@code 24.50}. */
  public static BigDecimal dollars(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }

  private int digits() {
    return market.currency().getDefaultFractionDigits();
  }
}
