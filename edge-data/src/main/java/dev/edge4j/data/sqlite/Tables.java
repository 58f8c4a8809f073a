package dev.edge4j.data.sqlite;

import java.util.regex.Pattern;

/** Names of tables that come from a program's configuration. */
final class Tables {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private Tables() {}

  /** The name in quotes; names that would need more than that are refused. */
  static String quoted(String name) {
    if (!isPlain(name)) {
      throw new IllegalArgumentException("table: " + name + " (expected: letters, digits and underscores)");
    }
    return '"' + name + '"';
  }

  static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches();
  }
}
