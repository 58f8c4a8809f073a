package dev.edge4j.data.clickhouse;

/** Names of databases, tables and columns that come from a program's configuration. */
final class Names {
  private Names() {}

  /** The name in quotes; names that would need more than that are refused. */
  static String quoted(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,126}")) {
      throw new IllegalArgumentException("name: " + name + " (expected: letters, digits and underscores)");
    }
    return '`' + name + '`';
  }
}
