package dev.edge4j.middleware.waf;

import java.util.Optional;

/**
 * The forms of a value that rules see, see {@link View}. Each is made by a fixed number of passes over the value, and most values are their own
 * normal form, which one pass finds out. Pure.
 */
final class Normal {
  private static final int DECODINGS = 2;
  /** As long as {@code $@}, which stands for nothing. */
  private static final int EMPTY = 2;

  private static final int ESCAPES = 1;
  private static final int SPACES = 2;
  private static final int QUOTES = 4;
  private static final int STARS = 8;
  private static final int DOLLARS = 16;
  private static final int WIDE = 32;
  private static final byte[] MARKS = marks();

  private Normal() {}

  private static byte[] marks() {
    var marks = new byte[128];
    for (int c = 0; c < ' '; c++) {
      marks[c] = SPACES;
    }
    marks['%'] = ESCAPES;
    marks['&'] = ESCAPES;
    marks['\\'] = ESCAPES | QUOTES;
    marks['\''] = QUOTES;
    marks['"'] = QUOTES;
    marks['^'] = QUOTES;
    marks['*'] = STARS;
    marks['$'] = DOLLARS;
    marks[127] = SPACES;
    return marks;
  }

  /** What is in a value, as bits; two spaces in a row count as {@link #SPACES}. */
  private static int marksOf(String value) {
    int marks = 0;
    char before = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      marks |= c < 128 ? MARKS[c] : WIDE;
      if (c == ' ' && before == ' ') {
        marks |= SPACES;
      }
      before = c;
    }
    return marks;
  }

  /** The three views of one value; those that are no different from the plain one are empty. */
  record Views(String plain, Optional<String> sql, Optional<String> shell) {}

  static Views of(String value) {
    String decoded = value;
    int marks = marksOf(value);
    for (int i = 0; i < DECODINGS && (marks & ESCAPES) != 0; i++) {
      String more = Escapes.decode(decoded);
      if (more.length() == decoded.length()) { // an escape is longer than what it stands for
        break;
      }
      decoded = more;
      marks = marksOf(decoded);
    }
    String plain = (marks & (SPACES | WIDE)) == 0 ? decoded : fold(decoded);
    Optional<String> sql = (marks & STARS) != 0 && plain.contains("/*") ? Optional.of(withoutComments(plain))
        : Optional.empty();
    boolean bare = (marks & QUOTES) != 0 || ((marks & DOLLARS) != 0 && isDisguised(plain));
    return new Views(plain, sql, bare ? Optional.of(bare(plain)) : Optional.empty());
  }

  /** Full-width forms as the plain ones, white space as a single space, no NUL. */
  private static String fold(String text) {
    var folded = new char[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 127) {
        c = narrow(c);
      }
      length = put(folded, length, c);
    }
    return new String(folded, 0, length);
  }

  /** Adds a character, unless it is NUL or a space behind another; returns the new length. */
  private static int put(char[] to, int length, char c) {
    if (c > ' ' && c != 127) {
      to[length] = c;
      return length + 1;
    }
    if (c == 0 || (length > 0 && to[length - 1] == ' ')) {
      return length;
    }
    to[length] = ' ';
    return length + 1;
  }

  /** What databases and browsers take for ASCII, of Unicode's Halfwidth and Fullwidth Forms, typographic quotes and spaces. */
  private static char narrow(char c) {
    return switch (c) {
      case '\u00a0', '\u1680', '\u2028', '\u2029', '\u202f', '\u3000', '\ufeff' -> ' ';
      case '\u02b9', '\u02bc', '\u2032' -> '\'';
      default -> c >= '\uff01' && c <= '\uff5e' ? (char) (c - 0xfee0) : c;
    };
  }

  /** A comment separates words; one that is not closed goes to the end. */
  private static String withoutComments(String text) {
    var bare = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int begin = text.indexOf("/*", at);
      if (begin < 0) {
        bare.append(text, at, text.length());
        break;
      }
      bare.append(text, at, begin).append(' ');
      if (begin + 2 < text.length() && text.charAt(begin + 2) == '!') { // runs in MySQL, from that version on
        at = begin + 3;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
          at++;
        }
      } else {
        int end = text.indexOf("*/", begin + 2);
        at = end < 0 ? text.length() : end + 2;
      }
    }
    return fold(bare.toString().replace("*/", " "));
  }

  private static boolean isDisguised(String text) {
    return text.contains("$@") || text.contains("${") || text.contains("$IFS") || text.contains("$ifs");
  }

  /** As a shell takes words apart: quotes, backslashes and carets only hide them. */
  private static String bare(String text) {
    var bare = new char[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '$') {
        int disguise = disguise(text, i);
        length = put(bare, length, disguise == 0 ? c : disguise == EMPTY ? 0 : ' ');
        i += Math.max(0, disguise - 1);
      } else if (c != '\'' && c != '"' && c != '\\' && c != '^') {
        length = put(bare, length, c);
      }
    }
    return new String(bare, 0, length);
  }

  /** How long the variable of a space or of nothing is that stands there; 0 for none. */
  private static int disguise(String text, int at) {
    if (text.regionMatches(true, at, "${ifs}", 0, 6)) {
      return 6;
    }
    if (text.regionMatches(true, at, "$ifs", 0, 4)) {
      return text.startsWith("$9", at + 4) ? 6 : 4;
    }
    return text.startsWith("$@", at) || text.startsWith("$*", at) ? EMPTY : 0;
  }
}
