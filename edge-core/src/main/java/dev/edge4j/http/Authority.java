package dev.edge4j.http;

/**
 * The host and port that a request names, in its {@code Host} field or its absolute target (RFC 9110 section 7.2, RFC 3986 section 3.2).
 * Narrower than the grammar: no user, no escapes and none of the punctuation that no name in the DNS has, because whoever
 * shares a connection may read those otherwise.
 */
public final class Authority {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_PORT_DIGITS = 5;

  private Authority() {}

  /** True for a name, an IPv4 address or an IPv6 address in brackets, each with or without a port. An empty port is legal. */
  public static boolean isValid(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end > 2 && isIpv6(text, end) && (end == text.length() - 1 || isPort(text, end + 1));
    }
    int colon = text.indexOf(':');
    int end = colon < 0 ? text.length() : colon;
    return end > 0 && isName(text, end) && (colon < 0 || isPort(text, colon));
  }

  /** Labels of letters, digits, {@code -}, {@code _} and {@code ~}; a dot may stand at the end, but not beside another. */
  private static boolean isName(String text, int end) {
    char before = '.';
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean legal = c == '.' ? before != '.' : isAlphanumeric(c) || c == '-' || c == '_' || c == '~';
      if (!legal) {
        return false;
      }
      before = c;
    }
    return true;
  }

  private static boolean isIpv6(String text, int end) {
    boolean colons = false;
    for (int i = 1; i < end; i++) {
      char c = text.charAt(i);
      colons |= c == ':';
      if (c != ':' && c != '.' && (c > 'f' || Character.digit(c, 16) < 0)) {
        return false;
      }
    }
    return colons;
  }

  private static boolean isPort(String text, int colon) {
    int digits = text.length() - colon - 1;
    if (text.charAt(colon) != ':' || digits > MAX_PORT_DIGITS) {
      return false;
    }
    int port = 0;
    for (int i = colon + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      port = port * 10 + c - '0';
    }
    return port <= MAX_PORT;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
