package dev.edge4j.http;

/** Character classes of RFC 9110 section 5.6. */
final class Tokens {
  private static final String PUNCTUATION = "!#$%&'*+-.^_`|~";
  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (char c = 0; c < 128; c++) {
      TOKEN[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PUNCTUATION.indexOf(
          c) >= 0;
    }
  }

  private Tokens() {}

  /** Throws {@link IllegalArgumentException} unless both may stand in a field line. */
  static void checkField(String name, String value) {
    if (!isToken(name)) {
      throw new IllegalArgumentException("header name: \"" + name + "\" (expected: a token, RFC 9110 section 5.1)");
    }
    if (!isFieldValue(value)) {
      throw new IllegalArgumentException(
          "value of header " + name + " holds a control character (expected: visible text, RFC 9110 section 5.5)");
    }
  }

  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128 || !TOKEN[c]) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** A field value may hold visible characters, spaces, tabs and obs-text, never a control character (section 5.5). */
  static boolean isFieldValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 127 || c > 255) {
        return false;
      }
    }
    return true;
  }
}
