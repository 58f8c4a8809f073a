package dev.edge4j.http;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/** How welcome something is: 0 or 1 with at most three decimals (RFC 9110 section 12.4.2). */
final class Weight {
  private static final Pattern FORM = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

  private Weight() {}

  /** The weight in thousandths; empty if it is malformed. */
  static OptionalInt thousandths(String weight) {
    if (!FORM.matcher(weight).matches()) {
      return OptionalInt.empty();
    }
    String decimals = (weight.length() > 2 ? weight.substring(2) : "") + "000";
    return OptionalInt.of((weight.charAt(0) - '0') * 1000 + Integer.parseInt(decimals, 0, 3, 10));
  }
}
