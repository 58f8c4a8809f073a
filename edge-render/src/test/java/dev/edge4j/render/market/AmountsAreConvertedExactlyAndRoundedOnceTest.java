package dev.edge4j.render.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An amount becomes one of another currency by its rate, without a binary fraction on the way, and is rounded at the end as that currency is. */
class AmountsAreConvertedExactlyAndRoundedOnceTest {
  private static final Exchange EXCHANGE = Exchange.of("USD")
      .rate("JPY", "150")
      .rate("EUR", "0.9")
      .rate("CHF", "0.85")
      .rate("SEK", "10.2")
      .rate("KWD", "0.307")
      .rounding("CHF", Rounding.toMultiplesOf(5))
      .rounding("SEK", Rounding.toMultiplesOf(100).withMode(RoundingMode.UP));

  @ParameterizedTest
  @CsvSource({"USD, 1, EUR, 1", "USD, 1234, JPY, 1851", "USD, 3, JPY, 5", "USD, -3, JPY, -5", "USD, 1250, CHF, 1065",
      "USD, 1000, CHF, 850", "USD, 1001, SEK, 10300", "USD, 100, KWD, 307", "EUR, 900, USD, 1000", "JPY, 150, EUR, 90",
      "EUR, 1, USD, 1", "USD, 0, SEK, 0", "CHF, 1234, CHF, 1234"})
  void byItsRateAndTheRuleOfTheTarget(String from, long minor, String to, long expected) {
    assertEquals(Money.ofMinor(expected, to), EXCHANGE.to(Currency.getInstance(to), Money.ofMinor(minor, from)));
  }

  @Property(tries = 500)
  void aStepIsKeptAndNothingIsFartherThanHalfOfOne(
      @ForAll @LongRange(min = -10_000_000_000L, max = 10_000_000_000L) long minor,
      @ForAll @IntRange(min = 1, max = 100) int step) {
    Money converted = EXCHANGE.rounding("CHF", Rounding.toMultiplesOf(step))
        .to(Currency.getInstance("CHF"), Money.ofMinor(
            minor, "USD"));
    assertEquals(0, converted.minor() % step);
    BigDecimal off = BigDecimal.valueOf(minor)
        .multiply(new BigDecimal("0.85"))
        .subtract(BigDecimal.valueOf(converted
            .minor()))
        .abs();
    assertTrue(off.multiply(BigDecimal.TWO).compareTo(BigDecimal.valueOf(step)) <= 0, off::toString);
  }

  @Property(tries = 500)
  void backAgainIsTheSameWhereTheTargetIsFiner(
      @ForAll @LongRange(min = -10_000_000_000L, max = 10_000_000_000L) long yen) {
    Money there = EXCHANGE.to(Currency.getInstance("USD"), Money.ofMinor(yen, "JPY"));
    assertEquals(Money.ofMinor(yen, "JPY"), Exchange.of("USD")
        .rate("JPY", "100")
        .to(Currency.getInstance("JPY"), Exchange
            .of("USD")
            .rate("JPY", "100")
            .to(Currency.getInstance("USD"), Money.ofMinor(yen, "JPY"))));
    assertTrue(Math.abs(there.minor() * 3 - yen * 2) <= 2, "150 yen are a dollar");
  }

  @Test
  void boundsAreConvertedWithoutRounding() {
    Currency dollar = Currency.getInstance("USD");
    Currency yen = Currency.getInstance("JPY");
    assertEquals(0, new BigDecimal("1882.5").compareTo(EXCHANGE.convert(new BigDecimal("12.55"), dollar, yen)));
    BigDecimal cents = EXCHANGE.convert(BigDecimal.ONE, yen, dollar).movePointRight(2);
    assertEquals(List.of(BigDecimal.ZERO, BigDecimal.ONE), List.of(cents.setScale(0, RoundingMode.FLOOR), cents
        .setScale(0, RoundingMode.CEILING)));
    assertEquals(BigDecimal.TEN, EXCHANGE.convert(BigDecimal.TEN, yen, yen));
    assertThrows(IllegalArgumentException.class, () -> EXCHANGE.convert(BigDecimal.ONE, yen, Currency.getInstance(
        "PLN")));
  }

  @Test
  void amountsAddUpExactly() {
    assertEquals(Money.of("-0.30", "EUR"), Money.of("0.1", "EUR").minus(Money.of("0.40", "EUR")));
    assertEquals(Money.of("0.30", "EUR"), Money.of("-0.30", "EUR").negated());
    assertThrows(ArithmeticException.class, () -> Money.ofMinor(Long.MIN_VALUE, "USD").negated());
    assertEquals(Money.of("0.30", "EUR"), Money.of("0.1", "EUR").plus(Money.of("0.20", "EUR")));
    assertEquals(new BigDecimal("37.50"), Money.of("12.50", "USD").times(3).amount());
    assertThrows(ArithmeticException.class, () -> Money.ofMinor(Long.MAX_VALUE, "USD").times(2));
    assertThrows(ArithmeticException.class, () -> Money.ofMinor(Long.MAX_VALUE, "USD").plus(Money.ofMinor(1, "USD")));
    assertThrows(ArithmeticException.class, () -> Money.of("0.001", "EUR"));
    assertThrows(ArithmeticException.class, () -> EXCHANGE.to(Currency.getInstance("JPY"), Money.ofMinor(
        Long.MAX_VALUE, "KWD")).plus(Money.ofMinor(Long.MAX_VALUE, "JPY")));
  }

  @Test
  void nonsenseIsRefused() {
    assertTrue(EXCHANGE.knows(Currency.getInstance("EUR")));
    assertFalse(EXCHANGE.knows(Currency.getInstance("PLN")));
    for (Runnable nonsense : List.<Runnable>of(() -> EXCHANGE.rate("PLN", "0"), () -> EXCHANGE.rate("USD", "2"),
        () -> EXCHANGE.rate("PLN", "-1"), () -> EXCHANGE.to(Currency.getInstance("PLN"), Money.ofMinor(1, "USD")),
        () -> Rounding.toMultiplesOf(0), () -> Money.ofMinor(1, "XAU"), () -> Money.ofMinor(1, "USD")
            .plus(Money.ofMinor(
                1, "EUR")))) {
      assertThrows(IllegalArgumentException.class, nonsense::run);
    }
  }
}
