package dev.edge4j.data.sqlite;

/** Names of tables that come from a program's configuration. */
final class Tables {
  private Tables() {}

  /** The name in quotes; names that would need more than that are refused. */
  static String quoted(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("table: " + name + " (expected: letters, digits and underscores)");
    }
    return '"' + name + '"';
  }
}
