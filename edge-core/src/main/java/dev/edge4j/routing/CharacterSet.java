package dev.edge4j.routing;

import java.util.Optional;

/**
 * A set of characters: any of ASCII, and either all others or none.
 *
 * @param low the characters 0 to 63, a bit each
 * @param high the characters 64 to 127, a bit each
 * @param others whether all characters past ASCII belong to it
 */
record CharacterSet(long low, long high, boolean others) {
  /** What {@code .} stands for in RE2. */
  static final CharacterSet DOT = new CharacterSet(0, 0, false).with('\n', '\n').negated();
  static final CharacterSet DIGITS = new CharacterSet(0, 0, false).with('0', '9');
  static final CharacterSet WORD = DIGITS.with('a', 'z').with('A', 'Z').with('_', '_');

  boolean contains(char c) {
    if (c >= 128) {
      return others;
    }
    return ((c < 64 ? low >>> c : high >>> (c - 64)) & 1) != 0;
  }

  private CharacterSet with(int first, int last) {
    long lows = low;
    long highs = high;
    for (int c = first; c <= last; c++) {
      if (c < 64) {
        lows |= 1L << c;
      } else {
        highs |= 1L << (c - 64);
      }
    }
    return new CharacterSet(lows, highs, others);
  }

  private CharacterSet with(CharacterSet more) {
    return new CharacterSet(low | more.low, high | more.high, others || more.others);
  }

  private CharacterSet negated() {
    return new CharacterSet(~low, ~high, !others);
  }

  /** Reads what stands between square brackets; empty if it holds more than plain ASCII characters, ranges, and digit or word classes. */
  static Optional<CharacterSet> ofBrackets(String inside) {
    boolean isNegated = inside.startsWith("^");
    String members = isNegated ? inside.substring(1) : inside;
    var set = new CharacterSet(0, 0, false);
    int i = 0;
    while (i < members.length()) {
      char c = members.charAt(i);
      if (c == '\\' && i + 1 < members.length() && "dw".indexOf(members.charAt(i + 1)) >= 0) {
        set = set.with(members.charAt(i + 1) == 'd' ? DIGITS : WORD);
        i += 2;
        continue;
      }
      int width = c == '\\' ? 2 : 1;
      if (!isMember(members, i, width)) {
        return Optional.empty();
      }
      char first = members.charAt(i + width - 1);
      char last = first;
      i += width;
      if (i + 1 < members.length() && members.charAt(i) == '-') {
        int lastWidth = members.charAt(i + 1) == '\\' ? 2 : 1;
        if (!isMember(members, i + 1, lastWidth)) {
          return Optional.empty();
        }
        last = members.charAt(i + lastWidth);
        i += 1 + lastWidth;
      }
      set = set.with(first, last);
    }
    return members.isEmpty() ? Optional.empty() : Optional.of(isNegated ? set.negated() : set);
  }

  /** An ASCII character that is not special in brackets, or a sign behind a backslash. */
  private static boolean isMember(String members, int at, int width) {
    if (at + width > members.length()) {
      return false;
    }
    char c = members.charAt(at + width - 1);
    return c < 128 && (width == 1 ? c != '[' : !Character.isLetterOrDigit(c));
  }
}
