package dev.edge4j.middleware.waf;

import java.util.Locale;
import java.util.Map;

/**
 * Decodes the escapes that browsers and servers know, one level of them: percent escapes with UTF-8 and Microsoft's of four digits, HTML's character
 * references, JavaScript's of two and of four digits. What is no escape stays. Over-long UTF-8 is decoded as those mean it who send it:
 * {@code %c0%ae} is a dot. Pure, one pass.
 */
final class Escapes {
  private static final int LONGEST_REFERENCE = 10;
  private static final Map<String, Character> REFERENCES = Map.ofEntries(Map.entry("lt", '<'), Map.entry("gt", '>'),
      Map.entry("quot", '"'), Map.entry("apos", '\''), Map.entry("amp", '&'), Map.entry("nbsp", ' '), Map.entry("tab",
          ' '), Map.entry("newline", ' '), Map.entry("colon", ':'), Map.entry("lpar", '('), Map.entry("rpar", ')'), Map
              .entry("sol", '/'), Map.entry("bsol", '\\'), Map.entry("equals", '='), Map.entry("grave", '`'), Map
                  .entry("semi", ';'));

  private final String text;
  private final StringBuilder decoded;
  private int at;

  private Escapes(String text) {
    this.text = text;
    this.decoded = new StringBuilder(text.length());
  }

  static String decode(String text) {
    return new Escapes(text).run();
  }

  private String run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean done = switch (c) {
        case '%' -> percent();
        case '&' -> reference();
        case '\\' -> backslash();
        default -> false;
      };
      if (!done) {
        decoded.append(c);
        at++;
      }
    }
    return decoded.toString();
  }

  private boolean percent() {
    if (at + 1 < text.length() && (text.charAt(at + 1) | 0x20) == 'u') {
      return unit(at + 2, 4);
    }
    int first = octet(at);
    if (first < 0) {
      return false;
    }
    at += 3;
    int more = first >= 0xf0 && first < 0xf8 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    int point = more == 0 ? first : first & (0x3f >> more);
    if (!continues(more)) {
      decoded.append((char) first); // Latin-1, or nothing
      return true;
    }
    for (int i = 0; i < more; i++) {
      point = point << 6 | (octet(at) & 0x3f);
      at += 3;
    }
    decoded.appendCodePoint(Character.isValidCodePoint(point) ? point : 0xfffd);
    return true;
  }

  private boolean continues(int octets) {
    for (int i = 0; i < octets; i++) {
      int next = octet(at + 3 * i);
      if (next < 0x80 || next > 0xbf) {
        return false;
      }
    }
    return true;
  }

  /** The octet escaped at that place, or -1. */
  private int octet(int place) {
    return place < text.length() && text.charAt(place) == '%' ? number(place + 1, 2) : -1;
  }

  private boolean backslash() {
    if (at + 1 >= text.length()) {
      return false;
    }
    return switch (text.charAt(at + 1)) {
      case 'x', 'X' -> unit(at + 2, 2);
      case 'u', 'U' -> unit(at + 2, 4);
      default -> false;
    };
  }

  private boolean unit(int from, int digits) {
    int value = number(from, digits);
    if (value < 0) {
      return false;
    }
    decoded.append((char) value);
    at = from + digits;
    return true;
  }

  /** So many hexadecimal digits at that place, or -1. */
  private int number(int from, int digits) {
    if (from + digits > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** Browsers need no semicolon behind a number. */
  private boolean reference() {
    if (at + 2 < text.length() && text.charAt(at + 1) == '#') {
      return numeric();
    }
    int end = text.indexOf(';', at, Math.min(text.length(), at + LONGEST_REFERENCE));
    Character known = end < 0 ? null : REFERENCES.get(lower(text.substring(at + 1, end)));
    if (known == null) {
      return false;
    }
    decoded.append(known.charValue());
    at = end + 1;
    return true;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private boolean numeric() {
    boolean hex = (text.charAt(at + 2) | 0x20) == 'x';
    int from = at + (hex ? 3 : 2);
    int end = from;
    int value = 0;
    while (end < text.length() && end < from + LONGEST_REFERENCE && Character.digit(text.charAt(end), hex ? 16
        : 10) >= 0) {
      value = Math.min(0x110000, value * (hex ? 16 : 10) + Character.digit(text.charAt(end), hex ? 16 : 10));
      end++;
    }
    if (end == from || !Character.isValidCodePoint(value)) {
      return false;
    }
    decoded.appendCodePoint(value);
    at = end < text.length() && text.charAt(end) == ';' ? end + 1 : end;
    return true;
  }
}
