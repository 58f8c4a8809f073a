package dev.edge4j.render.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes numbers as a {@link DecimalFormat} does, and reads them again. A DecimalFormat is for one thread, and making one costs 4 to 25 microseconds, which a cache by thread
 * does not save where each request has a thread of its own; so what it knows of its locale is taken out of it once. Immutable, safe for use by many threads.
 */
final class DecimalText {
  private static final int LONGEST = 64;

  private final String prefix;
  private final String suffix;
  private final String negativePrefix;
  private final String negativeSuffix;
  private final char point;
  private final char separator;
  private final int group;
  private final char zero;
  private final int leastDigits;
  private final int leastFraction;
  private final int mostFraction;
  private final int power;

  private DecimalText(DecimalFormat format, boolean money) {
    DecimalFormatSymbols symbols = format.getDecimalFormatSymbols();
    this.prefix = format.getPositivePrefix();
    this.suffix = format.getPositiveSuffix();
    this.negativePrefix = format.getNegativePrefix();
    this.negativeSuffix = format.getNegativeSuffix();
    this.point = money ? symbols.getMonetaryDecimalSeparator() : symbols.getDecimalSeparator();
    this.separator = money ? symbols.getMonetaryGroupingSeparator() : symbols.getGroupingSeparator();
    this.group = format.isGroupingUsed() ? format.getGroupingSize() : 0;
    this.zero = symbols.getZeroDigit();
    this.leastDigits = format.getMinimumIntegerDigits();
    this.leastFraction = format.getMinimumFractionDigits();
    this.mostFraction = format.getMaximumFractionDigits();
    this.power = format.getMultiplier() == 100 ? 2 : 0;
  }

  /** As this format of numbers or percentages writes. */
  static DecimalText of(DecimalFormat format) {
    return new DecimalText(format, false);
  }

  /** As this format of money writes. */
  static DecimalText ofMoney(DecimalFormat format) {
    return new DecimalText(format, true);
  }

  /** The number, rounded half up to the digits of the format. */
  String write(BigDecimal number) {
    BigDecimal exact = number.scaleByPowerOfTen(power);
    BigDecimal rounded = exact.setScale(Math.min(mostFraction, Math.max(leastFraction, exact.scale())),
        RoundingMode.HALF_UP);
    return write(rounded.signum() < 0, rounded.unscaledValue().abs().toString(), rounded.scale());
  }

  /** So many units, of which ten to the power of {@code scale} are one; without an object on the way, where that needs no rounding. */
  String write(long units, int scale) {
    if (units == Long.MIN_VALUE || power != 0 || scale < leastFraction || scale > mostFraction) {
      return write(BigDecimal.valueOf(units, scale));
    }
    return write(units < 0, Long.toString(Math.abs(units)), scale);
  }

  private String write(boolean negative, String digits, int scale) {
    var out = new StringBuilder(digits.length() + digits.length() / 3 + 16).append(negative ? negativePrefix : prefix);
    whole(out, digits, Math.max(0, digits.length() - scale));
    fraction(out, digits, scale);
    return out.append(negative ? negativeSuffix : suffix).toString();
  }

  private void whole(StringBuilder out, String digits, int count) {
    boolean none = count == 0 || (count == 1 && digits.charAt(0) == '0');
    int shown = Math.max(none ? 0 : count, leastDigits);
    for (int left = shown; left > 0; left--) {
      int at = count - left;
      out.append((char) (zero + (at < 0 || none ? 0 : digits.charAt(at) - '0')));
      if (group > 0 && left > 1 && (left - 1) % group == 0) {
        out.append(separator);
      }
    }
  }

  private void fraction(StringBuilder out, String digits, int scale) {
    int last = scale; // digits behind the point that are shown
    while (last > leastFraction && digit(digits, scale, last - 1) == 0) {
      last--;
    }
    if (last > 0) {
      out.append(point);
    }
    for (int i = 0; i < last; i++) {
      out.append((char) (zero + digit(digits, scale, i)));
    }
  }

  /** The digit so many places behind the point; digits in front of the first are zeros. */
  private static int digit(String digits, int scale, int place) {
    int at = digits.length() - scale + place;
    return at < 0 ? 0 : digits.charAt(at) - '0';
  }

  /**
   * Reads what {@link #write} writes, and what people make of it: without the currency, with another space, without separators, in digits of ASCII. Empty for anything else, a separator in the
   * wrong place among it, for {@code 1.5} is one and a half here and fifteen nowhere.
   */
  Optional<BigDecimal> read(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String plain = plain(text);
    Optional<BigDecimal> negative = between(plain, plain(negativePrefix), plain(negativeSuffix)).map(
        BigDecimal::negate);
    return negative.or(() -> between(plain, plain(prefix), plain(suffix)))
        .or(() -> plain.startsWith("-") ? number(plain.substring(1)).map(BigDecimal::negate) : number(plain))
        .map(found -> found.scaleByPowerOfTen(-power));
  }

  private Optional<BigDecimal> between(String text, String before, String behind) {
    boolean is = text.length() >= before.length() + behind.length() && text.startsWith(before) && text.endsWith(behind);
    return is ? number(text.substring(before.length(), text.length() - behind.length())) : Optional.empty();
  }

  /** Without marks of direction and spaces of any kind, and with one minus sign. */
  private static String plain(String text) {
    return text.replaceAll("[\\u200e\\u200f\\u061c\\p{Z}\\s]", "").replace('\u2212', '-');
  }

  private Optional<BigDecimal> number(String text) {
    int at = text.indexOf(point);
    String whole = at < 0 ? text : text.substring(0, at);
    String fraction = at < 0 ? "" : text.substring(at + 1);
    String digits = ascii(ungrouped(whole)) + "." + ascii(fraction);
    boolean complete = !whole.isEmpty() || !fraction.isEmpty();
    return complete && digits.matches("[0-9]*\\.[0-9]*") ? Optional.of(new BigDecimal("0" + (digits.endsWith(".")
        ? digits.substring(0, digits.length() - 1)
        : digits))) : Optional.empty();
  }

  /** Without separators, where they stand between whole groups; otherwise as it was, which no number is. */
  private String ungrouped(String whole) {
    String mark = plain(String.valueOf(separator));
    if (mark.isEmpty() || whole.indexOf(separator) < 0 || group == 0) {
      return whole;
    }
    String[] groups = whole.split(Pattern.quote(mark), -1);
    for (int i = 1; i < groups.length; i++) {
      if (groups[i].length() != group) {
        return whole;
      }
    }
    return groups[0].isEmpty() || groups[0].length() > group ? whole : String.join("", groups);
  }

  private String ascii(String digits) {
    var ascii = new StringBuilder(digits.length());
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      ascii.append(c >= zero && c <= zero + 9 ? (char) ('0' + c - zero) : c);
    }
    return ascii.toString();
  }
}
