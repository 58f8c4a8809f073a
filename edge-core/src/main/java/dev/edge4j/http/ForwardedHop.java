package dev.edge4j.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * What one proxy says of whom it got the request from.
 *
 * @param client the address; empty if it does not say, or hides it
 * @param scheme {@code http} or {@code https}
 * @param host with its port if it has one
 */
record ForwardedHop(Optional<InetAddress> client, Optional<String> scheme, Optional<String> host) {
  private static final int MAX_PORT_DIGITS = 5;

  /** A scheme as proxies tell it; some say {@code wss} of a WebSocket's request. */
  static Optional<String> scheme(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "http", "ws" -> Optional.of("http");
      case "https", "wss" -> Optional.of("https");
      default -> Optional.empty();
    };
  }

  static Optional<String> host(String text) {
    return Optional.of(text).filter(Authority::isValid);
  }

  /** An address as a node of RFC 7239 section 6 has it: an IPv6 address in brackets, a port perhaps behind either. */
  static Optional<InetAddress> node(String text) {
    boolean brackets = text.startsWith("[");
    int end = brackets ? text.indexOf(']') : text.indexOf(':');
    String address = brackets ? text.substring(1, Math.max(1, end)) : end < 0 ? text : text.substring(0, end);
    String port = end < 0 ? "" : text.substring(brackets ? end + 1 : end);
    boolean sound = brackets == address.indexOf(':') >= 0 && (port.isEmpty() || isPort(port));
    return sound ? AddressBlock.parseAddress(address) : Optional.empty();
  }

  /** A colon, then a number or a word that hides it (section 6.3). */
  static boolean isPort(String text) {
    String port = text.startsWith(":") ? text.substring(1) : "";
    return isHidden(port) || (!port.isEmpty() && port.length() <= MAX_PORT_DIGITS && port.chars()
        .allMatch(c -> c >= '0' && c <= '9'));
  }

  /** An underscore, then letters, digits, dots, underscores and hyphens. */
  static boolean isHidden(String text) {
    return text.length() > 1 && text.charAt(0) == '_' && text.chars()
        .allMatch(c -> c == '.' || c == '_' || c == '-' || (c < 128 && Character.isLetterOrDigit(c)));
  }
}
