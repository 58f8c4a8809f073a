package dev.edge4j.render.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount, exact.
 *
 * @param minor how many of the smallest units of the currency: cents, yen
 * @param currency the currency
 */
public record Money(long minor, Currency currency) {
  /** Refuses what has no smallest unit: gold, and the codes of funds. */
  public Money {
    if (currency.getDefaultFractionDigits() < 0) {
      throw new IllegalArgumentException("currency: " + currency + " (expected: one that is paid with)");
    }
  }

  /** An amount of the smallest units of the currency of that code. */
  public static Money ofMinor(long minor, String currency) {
    return new Money(minor, Currency.getInstance(currency));
  }

  /** {@code Money.of("12.50", "EUR")}; {@link ArithmeticException} for more digits than the currency has. */
  public static Money of(String amount, String currency) {
    return of(new BigDecimal(amount), Currency.getInstance(currency));
  }

  /** As {@link #of(String, String)}. */
  public static Money of(BigDecimal amount, Currency currency) {
    return new Money(amount.setScale(currency.getDefaultFractionDigits(), RoundingMode.UNNECESSARY)
        .movePointRight(
            currency.getDefaultFractionDigits())
        .longValueExact(), currency);
  }

  /** In whole units, with as many digits behind the point as the currency has: {@code 12.50}. */
  public BigDecimal amount() {
    return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits());
  }

  /** The sum; {@link IllegalArgumentException} for another currency, {@link ArithmeticException} where it is too large. */
  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("sum of " + currency + " and " + other.currency
          + " (expected: one currency; Exchange converts)");
    }
    return new Money(Math.addExact(minor, other.minor), currency);
  }

  /** The difference; as {@link #plus}. */
  public Money minus(Money other) {
    return plus(other.negated());
  }

  /** As much the other way: what a discount takes off. {@link ArithmeticException} where it is too large. */
  public Money negated() {
    return new Money(Math.negateExact(minor), currency);
  }

  /** So many times; {@link ArithmeticException} where it is too large. */
  public Money times(long count) {
    return new Money(Math.multiplyExact(minor, count), currency);
  }
}
