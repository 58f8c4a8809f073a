package dev.edge4j.data.libsql;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Addresses of servers: {@code libsql://} is {@code https://}. */
final class LibsqlUrl {
  private LibsqlUrl() {}

  /** The address below which the paths of Hrana are, without a slash at its end. */
  static URI parse(String url) {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      String http = scheme.equals("libsql") ? "https" : scheme;
      if (!(http.equals("http") || http.equals("https")) || uri.getHost() == null || uri.getRawUserInfo() != null
          || uri.getRawQuery() != null || uri.getRawFragment() != null) {
        throw wrong();
      }
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      return URI.create(http + "://" + uri.getRawAuthority() + (path.endsWith("/") ? path.substring(0, path.length()
          - 1) : path));
    } catch (URISyntaxException e) {
      throw wrong();
    }
  }

  /** Another address that a server names. */
  static URI moved(URI from, String url) {
    URI to = parse(url);
    if (!to.getScheme().equals(from.getScheme())) {
      throw wrong();
    }
    return to;
  }

  /** The address is not shown: people put tokens in there. */
  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException("the address of a libSQL server (expected: libsql://host, https://host or"
        + " http://host:port, and a token in LibsqlOptions.withToken)");
  }
}
