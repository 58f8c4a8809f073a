package dev.edge4j.render.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a market writes is what a NumberFormat made for it would, by as many threads as there are; and it can be read again. */
class MoneyIsWrittenAsTheJdkWritesItTest {
  private static final List<Locale> LOCALES = Stream.of(NumberFormat.getAvailableLocales())
      .filter(locale -> !locale.getLanguage().isEmpty())
      .sorted(Comparator.comparing(Locale::toLanguageTag))
      .toList();
  private static final List<Currency> CURRENCIES = Currency.getAvailableCurrencies()
      .stream()
      .filter(currency -> currency.getDefaultFractionDigits() >= 0)
      .sorted(Comparator.comparing(Currency::getCurrencyCode))
      .toList();
  private static final long[] AMOUNTS = {0, 1, 5, 99, 100, 1_234, 99_999, 100_000, 123_456_789, -1, -123_456,
      Long.MAX_VALUE, Long.MIN_VALUE};

  private static NumberFormat fresh(Locale locale, Currency currency) {
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(currency);
    format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
    format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format;
  }

  private static String where(Locale locale, Currency currency) {
    return locale.toLanguageTag() + " " + currency;
  }

  /** Each eighth of the JDK's 1,158 locales, with a currency drawn for it; all of them with {@code -Dedge4j.locales=all}, whose data takes 8 s to load. */
  @Test
  void inTheLocalesOfTheJdk() {
    Random random = new Random(25);
    boolean all = "all".equals(System.getProperty("edge4j.locales"));
    for (int i = 0; i < LOCALES.size(); i++) {
      Locale locale = LOCALES.get(i);
      if (!all && i % 8 != 0) {
        continue;
      }
      Currency currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
      Formats formats = Formats.of(locale, currency);
      NumberFormat fresh = fresh(locale, currency);
      for (long minor : AMOUNTS) {
        BigDecimal amount = BigDecimal.valueOf(minor, currency.getDefaultFractionDigits());
        String written = formats.money(minor);
        assertEquals(fresh.format(amount), written, () -> where(locale, currency));
        assertEquals(Optional.of(new Money(minor, currency)), formats.readMoney(written), () -> where(locale, currency)
            + " " + written);
      }
    }
  }

  @Test
  void numbersAndPercentagesToo() {
    List<BigDecimal> values = Stream.of("0", "1", "1234.5", "-1234567.891", "0.0005", "-0.0004", "99.9995", "1E+3",
        "12345678901234567890.125").map(BigDecimal::new).toList();
    for (int i = 0; i < LOCALES.size(); i += 16) {
      Locale locale = LOCALES.get(i);
      Formats formats = Formats.of(locale, Currency.getInstance("EUR"));
      NumberFormat number = NumberFormat.getNumberInstance(locale);
      NumberFormat percent = NumberFormat.getPercentInstance(locale);
      number.setRoundingMode(RoundingMode.HALF_UP);
      percent.setRoundingMode(RoundingMode.HALF_UP);
      for (BigDecimal value : values) {
        // Nothing is below zero once it is rounded to zero; a DecimalFormat writes -0.
        BigDecimal seen = value.setScale(3, RoundingMode.HALF_UP).signum() == 0 ? value.abs() : value;
        assertEquals(number.format(seen), formats.number(value), locale::toLanguageTag);
        if (value.compareTo(new BigDecimal("-0.0004")) != 0) {
          assertEquals(percent.format(value), formats.percent(value), locale::toLanguageTag);
        }
      }
    }
  }

  @Property(tries = 2000)
  void whatIsWrittenIsReadAgain(@ForAll long minor, @ForAll Random random) {
    Locale locale = LOCALES.get(random.nextInt(LOCALES.size() / 40) * 40); // their data is loaded once each
    Currency currency = CURRENCIES.get(random.nextInt(8) * 20);
    Formats formats = Formats.of(locale, currency);
    String written = formats.money(minor);
    assertEquals(fresh(locale, currency).format(BigDecimal.valueOf(minor, currency.getDefaultFractionDigits())),
        written);
    assertEquals(Optional.of(new Money(minor, currency)), formats.readMoney(written));
    assertEquals(Optional.of(BigDecimal.valueOf(minor)), formats.readNumber(formats.number(minor)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {"en-US | USD | $1,234.50 | 123450",
      "en-US | USD | 1234.5 | 123450",
      "en-US | USD | -$0.05 | -5", "en-US | USD | -.05 | -5", "en-US | USD | 12. | 1200", "en-US | USD | 1,23 | -",
      "en-US | USD | 1,2345 | -", "en-US | USD | ,123 | -", "en-US | USD | 1.2.3 | -", "en-US | USD | . | -",
      "en-US | USD | 1.234 | -", "en-US | USD | twelve | -", "en-US | USD | 1e3 | -",
      "en-US | USD | 99999999999999999999 | -",
      "de-DE | EUR | 1.234,50 € | 123450", "de-DE | EUR | 1234,5 | 123450", "de-DE | EUR | 1.5 | -",
      "ja-JP | JPY | 1234 | 1234",
      "ja-JP | JPY | 1.5 | -", "fr-FR | EUR | 1 234,50 | 123450", "ar-EG | EGP | 12.5 | -"})
  void whatPeopleWriteIsReadOrRefused(String tag, String currency, String text, String minor) {
    Formats formats = Formats.of(Locale.forLanguageTag(tag), Currency.getInstance(currency));
    Optional<Money> expected = Optional.ofNullable(minor).map(found -> Money.ofMinor(Long.parseLong(found), currency));
    assertEquals(expected, formats.readMoney(text));
  }

  @Test
  void textThatIsTooLongIsNotRead() {
    assertEquals(Optional.empty(), Formats.of(Locale.US, Currency.getInstance("USD")).readNumber("1".repeat(65)));
  }

  @Test
  void manyThreadsShareOne() throws InterruptedException {
    Formats formats = Formats.of(Locale.GERMANY, Currency.getInstance("EUR"));
    var wrong = new ConcurrentLinkedQueue<String>();
    List<Thread> threads = IntStream.range(0, 32).mapToObj(i -> Thread.ofVirtual().start(() -> {
      for (int n = 0; n < 500; n++) {
        long minor = i * 1_000_000L + n;
        if (!formats.readMoney(formats.money(minor)).equals(Optional.of(Money.ofMinor(minor, "EUR")))) {
          wrong.add(formats.money(minor));
        }
      }
    })).toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(wrong.isEmpty(), wrong.toString());
  }

  @Test
  void datesAndListsAreTheJdks() {
    Formats japan = Formats.of(Locale.JAPAN, Currency.getInstance("JPY"));
    LocalDate date = LocalDate.of(2026, 11, 28);
    assertEquals("2026/11/28", japan.date(date));
    assertEquals("2026年11月28日土曜日", japan.date(date, FormatStyle.FULL));
    Instant instant = Instant.parse("2026-11-28T17:05:00Z");
    assertEquals(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
        .localizedBy(Locale.JAPAN)
        .format(instant
            .atZone(ZoneOffset.UTC)), japan.dateTime(instant, ZoneOffset.UTC, FormatStyle.SHORT));
    assertTrue(japan.dateTime(instant, ZoneOffset.UTC, FormatStyle.FULL).contains("17:05"));
    Formats english = Formats.of(Locale.US, Currency.getInstance("USD"));
    assertEquals("tea, cups, and cake", english.list(List.of("tea", "cups", "cake")));
    assertEquals("", english.list(List.of()));
    assertEquals("25%", english.percent(new BigDecimal("0.25")));
    assertEquals("1 cup", english.plural(1, Map.of(Plural.ONE, "1 cup", Plural.OTHER, "cups")));
    assertThrows(IllegalArgumentException.class, () -> english.plural(1, Map.of(Plural.ONE, "1 cup")));
    assertThrows(IllegalArgumentException.class, () -> english.money(Money.ofMinor(1, "EUR")));
    assertEquals("$12.50", english.money(Money.of("12.50", "USD")));
  }
}
