package dev.edge4j.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a page comes from (RFC 6454): a scheme, a host and a port.
 *
 * @param scheme in lower case
 * @param host in lower case
 * @param port the one that the scheme implies where none was named
 */
public record Origin(String scheme, String host, int port) {
  /** As a browser sends it; empty for {@code null}, which an opaque origin is, and for all that is none. */
  public static Optional<Origin> parse(String text) {
    try {
      var uri = new URI(text);
      String scheme = uri.getScheme();
      String host = uri.getHost();
      if (scheme == null || host == null || !text.equals(scheme + "://" + uri.getRawAuthority())
          || uri.getRawUserInfo() != null) {
        return Optional.empty();
      }
      String lower = scheme.toLowerCase(Locale.ROOT);
      int port = uri.getPort() >= 0 ? uri.getPort() : lower.equals("https") ? 443 : 80;
      return Optional.of(new Origin(lower, host.toLowerCase(Locale.ROOT), port));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** As {@link #parse}, for one that the program names: {@link IllegalArgumentException} for anything else. */
  public static Origin of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException(
        "origin: \"" + text + "\" (expected: scheme and host, https://example.com)"));
  }

  /** True if it has that host and port. The scheme does not count: a proxy in front may speak TLS where we do not. */
  public boolean isOf(String authority) {
    return parse(scheme + "://" + authority).filter(own -> own.host.equals(host) && own.port == port).isPresent();
  }
}
