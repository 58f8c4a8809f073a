package dev.edge4j.data.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a server is and who asks: {@code redis://user:password@host:port/database}. The password is in no message and in no
 * {@link #toString}.
 *
 * @param user empty for the server's default user
 */
record RedisAddress(boolean tls, String host, int port, Optional<String> user, Optional<String> password,
    int database) {
  private static final int DEFAULT_PORT = 6379;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_DATABASE = 1 << 20;
  private static final String EXPECTED = "redis://user:password@host:port/database, of which all but the host may be left out; or"
      + " rediss:, valkey:, valkeys:";

  static RedisAddress parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      // Neither the text nor the cause: both may hold the password.
      throw bad("it is no URL, at character " + e.getIndex() + ": " + e.getReason());
    }
    String authority = uri.getRawAuthority();
    if (authority == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw bad("there is no host in it, or a query, or a fragment");
    }
    // By hand: URI knows no host with an underscore, and containers are often called so.
    int at = authority.lastIndexOf('@');
    String[] login = login(authority.substring(0, Math.max(0, at)));
    String place = authority.substring(at + 1);
    int colon = place.indexOf(':', place.indexOf(']') + 1);
    String host = colon < 0 ? place : place.substring(0, colon);
    if (host.isEmpty()) {
      throw bad("there is no host in it");
    }
    int port = colon < 0 ? DEFAULT_PORT : number("port", place.substring(colon + 1), MAX_PORT);
    return new RedisAddress(isTls(uri), bare(host), port, some(login[0]), some(login[1]), database(uri.getPath()));
  }

  private static boolean isTls(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "redis", "valkey" -> false;
      case "rediss", "valkeys" -> true;
      default -> throw bad("its scheme is \"" + scheme + "\"");
    };
  }

  /** User and password; clients disagree on what a single word is, so there must be a colon. */
  private static String[] login(String info) {
    int colon = info.indexOf(':');
    if (colon < 0 && !info.isEmpty()) {
      throw bad("before the @ there is no colon; a password alone is :password@");
    }
    return colon < 0 ? new String[]{"", ""}
        : new String[]{decode(info.substring(0, colon)), decode(info.substring(colon
            + 1))};
  }

  /** A plus stays a plus: this is no form. */
  private static String decode(String part) {
    return URI.create("x:/" + part).getPath().substring(1);
  }

  private static int database(String path) {
    String number = path.startsWith("/") ? path.substring(1) : path;
    return number.isEmpty() ? 0 : number("database", number, MAX_DATABASE);
  }

  private static int number(String what, String text, int most) {
    if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) > most) {
      throw bad("its " + what + " is no number, or too large a one");
    }
    return Integer.parseInt(text);
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static Optional<String> some(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static IllegalArgumentException bad(String what) {
    return new IllegalArgumentException("the address of Redis: " + what + " (expected: " + EXPECTED + ")");
  }

  /** Host, port and database, for messages. */
  @Override
  public String toString() {
    return host + ":" + port + (database == 0 ? "" : "/" + database);
  }
}
