package dev.edge4j.wire;

import java.util.OptionalLong;

/** The length of a body as its head declares it. Pure. */
public final class ContentLength {
  /** Eighteen digits always fit a long. */
  private static final int MAX_DIGITS = 18;

  private ContentLength() {}

  /**
   * One number; empty for anything else: a sign, a list of equal ones, a leading zero, which some read as octal. Stricter than RFC 9112 section 6.3 has to be, and the
   * same in every version of HTTP, so that no two readers of a request see two lengths.
   */
  public static OptionalLong parse(String digits) {
    boolean plain = !digits.isEmpty() && digits.length() <= MAX_DIGITS
        && (digits.length() == 1 || digits.charAt(0) != '0');
    long value = 0;
    for (int i = 0; plain && i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      plain = digit >= 0 && digit <= 9;
      value = value * 10 + digit;
    }
    return plain ? OptionalLong.of(value) : OptionalLong.empty();
  }
}
