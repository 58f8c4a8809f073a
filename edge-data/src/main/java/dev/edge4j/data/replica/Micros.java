package dev.edge4j.data.replica;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Microseconds since 1970, as a copy keeps points in time. Pure. */
final class Micros {
  private static final Pattern TIMESTAMP = Pattern.compile(
      "(\\d{4,6})-(\\d\\d)-(\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?(?:\\+00)?( BC)?");

  private Micros() {}

  /** Reads DateStyle ISO in time zone UTC. */
  static long parse(CharSequence text) {
    boolean usual = text.length() >= 19 && text.charAt(4) == '-' && text.charAt(10) == ' ' && text.charAt(text.length()
        - 1) != 'C';
    return usual ? usual(text) : unusual(text.toString());
  }

  /** A year of four digits: without an expression, for a snapshot has many. */
  private static long usual(CharSequence text) {
    int end = text.charAt(text.length() - 3) == '+' ? text.length() - 3 : text.length();
    if (text.charAt(7) != '-' || text.charAt(13) != ':' || text.charAt(16) != ':' || (end > 19 && text.charAt(
        19) != '.')
        || end > 26 || (end < text.length() && number(text, end + 1, text.length()) != 0)) {
      throw wrong(text);
    }
    long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    long second = number(text, 11, 13) * 3_600L + number(text, 14, 16) * 60L + number(text, 17, 19);
    long fraction = end > 19 ? number(text, 20, end) : 0;
    for (int digits = end > 19 ? end - 20 : 6; digits < 6; digits++) {
      fraction *= 10;
    }
    return (day * 86_400 + second) * 1_000_000 + fraction;
  }

  private static int number(CharSequence text, int begin, int end) {
    int number = 0;
    for (int i = begin; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw wrong(text);
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static IllegalArgumentException wrong(CharSequence text) {
    return new IllegalArgumentException("timestamp: \"" + text + "\" (expected: as in 2026-01-31 12:00:00.5+00)");
  }

  private static long unusual(String text) {
    Matcher parts = TIMESTAMP.matcher(text);
    if (!parts.matches()) {
      throw wrong(text);
    }
    int year = Integer.parseInt(parts.group(1));
    long day = LocalDate.of(parts.group(8) == null ? year : 1 - year, Integer.parseInt(parts.group(2)), Integer
        .parseInt(
            parts.group(3))).toEpochDay();
    long second = Integer.parseInt(parts.group(4)) * 3_600L + Integer.parseInt(parts.group(5)) * 60L + Integer
        .parseInt(
            parts.group(6));
    String fraction = Optional.ofNullable(parts.group(7)).orElse("");
    return (day * 86_400 + second) * 1_000_000 + Long.parseLong((fraction + "000000").substring(0, 6));
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }

  static long of(Instant instant) {
    return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }
}
