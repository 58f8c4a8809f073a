package dev.edge4j.wire;

/** The spaces and tabs that may stand around a field's value and are no part of it (RFC 9110 section 5.5). Pure. */
public final class Blanks {
  private Blanks() {}

  /** The value without them. */
  public static String trimmed(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && isBlank(value.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  /** True if there are some. */
  public static boolean stand(String around) {
    return !around.isEmpty() && (isBlank(around.charAt(0)) || isBlank(around.charAt(around.length() - 1)));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
