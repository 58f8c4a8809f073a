package dev.edge4j.render.html;

import java.util.Locale;
import java.util.Set;

/**
 * Which URLs a value may be: relative ones and those of a few schemes. What a browser strips or ignores in a scheme (RFC 3986 knows
 * none of it) makes the scheme an unknown one, so nothing has to be decoded here.
 */
final class Urls {
  /** What stands for a URL that is not allowed: it leads nowhere, and can be found in a page. */
  static final String BLOCKED = "about:invalid#blocked";

  private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel");

  private Urls() {}

  static boolean isAllowed(String url) {
    for (int i = 0; i < url.length(); i++) {
      switch (url.charAt(i)) {
        case ':' -> {
          return isAllowedScheme(url.substring(0, i));
        }
        case '/', '?', '#' -> {
          return true;
        }
        default -> {
        }
      }
    }
    return true;
  }

  static boolean isAllowedScheme(String scheme) {
    return SCHEMES.contains(scheme.toLowerCase(Locale.ROOT));
  }
}
