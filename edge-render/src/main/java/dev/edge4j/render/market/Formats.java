package dev.edge4j.render.market;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.ListFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a market writes money, numbers, dates and lists: by the CLDR data of the JDK. Made once for each market and kept, by {@link Markets#formats(Market)}. Immutable, safe for use by many
 * threads.
 */
public final class Formats {
  private final Currency currency;
  private final DecimalText money;
  private final DecimalText number;
  private final DecimalText percent;
  private final PluralRules plurals;
  private final ListFormat list;
  private final Map<FormatStyle, DateTimeFormatter> dates = new EnumMap<>(FormatStyle.class);
  private final Map<FormatStyle, DateTimeFormatter> times = new EnumMap<>(FormatStyle.class);

  private Formats(Locale locale, Currency currency) {
    this.currency = currency;
    this.money = DecimalText.ofMoney(moneyFormat(locale, currency));
    this.number = DecimalText.of(decimal(NumberFormat.getNumberInstance(locale)));
    this.percent = DecimalText.of(decimal(NumberFormat.getPercentInstance(locale)));
    this.plurals = PluralRules.of(locale);
    this.list = ListFormat.getInstance(locale, ListFormat.Type.STANDARD, ListFormat.Style.FULL);
    for (FormatStyle style : FormatStyle.values()) {
      dates.put(style, DateTimeFormatter.ofLocalizedDate(style).localizedBy(locale));
      // A full or long time names its zone, which a visitor knows.
      FormatStyle time = style == FormatStyle.FULL || style == FormatStyle.LONG ? FormatStyle.MEDIUM : style;
      times.put(style, DateTimeFormatter.ofLocalizedDateTime(style, time).localizedBy(locale));
    }
  }

  /** Those of a locale and a currency. It costs some hundred microseconds, so make them once. */
  public static Formats of(Locale locale, Currency currency) {
    return new Formats(locale, currency);
  }

  private static DecimalFormat moneyFormat(Locale locale, Currency currency) {
    DecimalFormat format = decimal(NumberFormat.getCurrencyInstance(locale));
    format.setCurrency(currency);
    int digits = Math.max(0, currency.getDefaultFractionDigits());
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format;
  }

  private static DecimalFormat decimal(NumberFormat format) {
    return (DecimalFormat) format; // all that the JDK's own provider makes are
  }

  /** An amount of the market's currency, in its smallest units: cents, yen. */
  public String money(long minor) {
    return money.write(minor, Math.max(0, currency.getDefaultFractionDigits()));
  }

  /** An amount, which must be of the market's currency; {@link IllegalArgumentException} for another, as an {@link Exchange} converts it. */
  public String money(Money amount) {
    if (!amount.currency().equals(currency)) {
      throw new IllegalArgumentException("money: " + amount.currency() + " (expected: " + currency
          + ", the market's own; Exchange converts)");
    }
    return money(amount.minor());
  }

  /** A number with its separators, rounded half up to three digits behind the point. */
  public String number(BigDecimal value) {
    return number.write(value);
  }

  /** As {@link #number(BigDecimal)}. */
  public String number(long value) {
    return number.write(value, 0);
  }

  /** A share in whole percent, rounded half up: 0.25 is 25 %. */
  public String percent(BigDecimal share) {
    return percent.write(share);
  }

  /** A date as people write it. */
  public String date(LocalDate date, FormatStyle style) {
    return formatter(dates, style).format(date);
  }

  /** A date with the name of its month, shortened. */
  public String date(LocalDate date) {
    return date(date, FormatStyle.MEDIUM);
  }

  /** Date and time at a place. */
  public String dateTime(Instant instant, ZoneId zone, FormatStyle style) {
    return formatter(times, style).format(instant.atZone(zone));
  }

  private static DateTimeFormatter formatter(Map<FormatStyle, DateTimeFormatter> all, FormatStyle style) {
    DateTimeFormatter known = all.get(style);
    if (known == null) {
      throw new AssertionError("every style has a formatter");
    }
    return known;
  }

  /** Things in a row: {@code tea, cups, and cake}. */
  public String list(List<String> things) {
    return things.isEmpty() ? "" : list.format(things);
  }

  /** The form that a noun has behind that count. */
  public Plural plural(long count) {
    return plurals.select(BigDecimal.valueOf(count));
  }

  /** The form that a noun has behind that number as it is written: 1.0 is not 1 in English. */
  public Plural plural(BigDecimal number) {
    return plurals.select(number);
  }

  /** Of several texts the one for that count, else the one for {@link Plural#OTHER}; {@link IllegalArgumentException} if that is missing. */
  public String plural(long count, Map<Plural, String> texts) {
    String other = texts.get(Plural.OTHER);
    if (other == null) {
      throw new IllegalArgumentException("texts by plural: " + texts.keySet() + " (expected: OTHER among them)");
    }
    return texts.getOrDefault(plural(count), other);
  }

  /**
   * An amount of the market's currency as somebody wrote it, with or without its sign, in smallest units. Empty for what is no such number, has more digits than the currency, or is too
   * large.
   */
  public Optional<Money> readMoney(String text) {
    return money.read(text).flatMap(amount -> {
      try {
        return Optional.of(Money.of(amount, currency));
      } catch (ArithmeticException tooFineOrTooLarge) {
        return Optional.empty();
      }
    });
  }

  /** A number as somebody wrote it; empty for what is none. */
  public Optional<BigDecimal> readNumber(String text) {
    return number.read(text);
  }
}
