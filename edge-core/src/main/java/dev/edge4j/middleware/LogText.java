package dev.edge4j.middleware;

/**
 * What a client chose, for a log: letters, digits and a few harmless signs as they are, anything else as {@code \}{@code u0020}. So it can end
 * neither a line nor a value, and begin no lookup of a logging library; and a JSON string may hold it as it is (RFC 8259 section 7).
 */
final class LogText {
  private static final int MAX = 1_024;
  private static final String PLAIN = "/-._~!'()*,;:@+&%#|^`";

  private LogText() {}

  /** Appends it, cut after 1,024 characters. */
  static void append(StringBuilder line, String value) {
    int length = Math.min(value.length(), MAX);
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0) {
        line.append(c);
      } else {
        line.append("\\u").append(String.format("%04x", (int) c));
      }
    }
    line.append(length < value.length() ? "..." : "");
  }
}
