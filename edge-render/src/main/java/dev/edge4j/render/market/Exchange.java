package dev.edge4j.render.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;

/**
 * Converts amounts between currencies by rates that the application gives, in exact arithmetic, and rounds once, at the end, as the target's {@link Rounding} says. Sums are made of
 * converted unit prices, so that a cart adds up as it is shown. Immutable, safe for use by many threads: new rates are a new exchange.
 */
public final class Exchange {
  /** Digits of a cross rate's quotient: rates have at most about ten, amounts nineteen. */
  private static final int QUOTIENT_DIGITS = 40;

  private final Currency base;
  private final Map<Currency, BigDecimal> rates;
  private final Map<Currency, Rounding> roundings;

  private Exchange(Currency base, Map<Currency, BigDecimal> rates, Map<Currency, Rounding> roundings) {
    this.base = base;
    this.rates = Map.copyOf(rates);
    this.roundings = Map.copyOf(roundings);
  }

  /** One that knows that currency alone, whose rate is 1. */
  public static Exchange of(String base) {
    Currency currency = Currency.getInstance(base);
    return new Exchange(currency, Map.of(currency, BigDecimal.ONE), Map.of());
  }

  /** With how many units of that currency one of the base is: {@code Exchange.of("USD").rate("JPY", "150")}. More than zero. */
  public Exchange rate(String currency, String perBase) {
    BigDecimal rate = new BigDecimal(perBase);
    Currency given = Currency.getInstance(currency);
    if (rate.signum() <= 0 || given.equals(base)) {
      throw new IllegalArgumentException("rate of " + currency + ": " + perBase
          + " (expected: more than zero, and of another currency than " + base + ")");
    }
    Map<Currency, BigDecimal> more = new HashMap<>(rates);
    more.put(given, rate);
    return new Exchange(base, more, roundings);
  }

  /** With another rounding of amounts that become that currency; else it is {@link Rounding#HALF_UP}. */
  public Exchange rounding(String currency, Rounding rounding) {
    Map<Currency, Rounding> more = new HashMap<>(roundings);
    more.put(Currency.getInstance(currency), rounding);
    return new Exchange(base, rates, more);
  }

  /** Whether it knows a rate of that currency. */
  public boolean knows(Currency currency) {
    return rates.containsKey(currency);
  }

  /**
   * The amount in another currency, rounded; what has that currency already is not touched. {@link IllegalArgumentException} for a currency without a rate, {@link ArithmeticException} for
   * what is too large.
   */
  public Money to(Currency currency, Money money) {
    if (money.currency().equals(currency)) {
      return money;
    }
    BigDecimal inTarget = convert(money.amount(), money.currency(), currency);
    Rounding rounding = roundings.getOrDefault(currency, Rounding.HALF_UP);
    return new Money(rounding.apply(inTarget.movePointRight(currency.getDefaultFractionDigits())), currency);
  }

  /**
   * As many whole units of another currency as that many of one are, not rounded (but to 40 digits behind the point, where a rate is divided by): for the bounds of a range, which are
   * rounded outwards or inwards. What is paid goes through {@link #to}. {@link IllegalArgumentException} for a currency without a rate.
   */
  public BigDecimal convert(BigDecimal amount, Currency from, Currency to) {
    if (from.equals(to)) {
      return amount;
    }
    BigDecimal product = amount.multiply(rate(to));
    return from.equals(base) ? product : product.divide(rate(from), QUOTIENT_DIGITS, RoundingMode.HALF_EVEN);
  }

  private BigDecimal rate(Currency currency) {
    BigDecimal rate = rates.get(currency);
    if (rate == null) {
      throw new IllegalArgumentException("currency: " + currency + " (expected: one with a rate: " + rates.keySet()
          .stream()
          .map(Currency::getCurrencyCode)
          .sorted()
          .toList() + ")");
    }
    return rate;
  }
}
