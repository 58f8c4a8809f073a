package dev.edge4j.http;

/** Writes field lines as bytes (RFC 9112 section 5). */
final class FieldLines {
  /** {@code ": "} and the end of the line. */
  private static final int BETWEEN = 4;

  private FieldLines() {}

  /** All lines but those that frame a message, of names and values that alternate; {@code Date} too, unless it is to be kept. */
  static byte[] of(String[] fields, boolean dated) {
    int length = 0;
    for (int i = 0; i < fields.length; i += 2) {
      if (isSaid(fields[i], dated)) {
        length += fields[i].length() + fields[i + 1].length() + BETWEEN;
      }
    }
    var lines = new byte[length];
    int at = 0;
    for (int i = 0; i < fields.length; i += 2) {
      if (isSaid(fields[i], dated)) {
        at = put(lines, at, fields[i]);
        lines[at++] = ':';
        lines[at++] = ' ';
        at = put(lines, at, fields[i + 1]);
        lines[at++] = '\r';
        lines[at++] = '\n';
      }
    }
    return lines;
  }

  private static boolean isSaid(String name, boolean dated) {
    return switch (name.length()) {
      case 4 -> dated || !name.equalsIgnoreCase("Date");
      case 10 -> !name.equalsIgnoreCase("Connection");
      case 14 -> !name.equalsIgnoreCase("Content-Length");
      case 17 -> !name.equalsIgnoreCase("Transfer-Encoding");
      default -> true;
    };
  }

  /** One byte a character: no field has one past 255, and for those the JDK copies a string's bytes as they lie. */
  @SuppressWarnings("deprecation") // it is for text of other alphabets that this method is a trap
  private static int put(byte[] target, int at, String text) {
    text.getBytes(0, text.length(), target, at);
    return at + text.length();
  }
}
