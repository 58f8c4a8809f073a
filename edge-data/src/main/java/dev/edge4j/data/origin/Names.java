package dev.edge4j.data.origin;

import java.util.regex.Pattern;

/** Names of statements and operations. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private Names() {}

  static void check(String kind, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(kind + " \"" + name
          + "\" (expected: letters, digits, points, hyphens and underscores, 100 at most)");
    }
  }
}
