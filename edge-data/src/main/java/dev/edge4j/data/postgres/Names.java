package dev.edge4j.data.postgres;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of tables and columns that come from a program: plain ones, in any case, as PostgreSQL folds them to lower case. */
final class Names {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private Names() {}

  /** The name as the database has it; throws {@link IllegalArgumentException} for what is not plain. */
  static String folded(String what, String name) {
    if (!PLAIN.matcher(name).matches()) {
      throw new IllegalArgumentException(what + ": \"" + name
          + "\" (expected: a name of letters, digits and underscores)");
    }
    return name.toLowerCase(Locale.ROOT);
  }

  /** The same in quotes, so that it may be a word of SQL's. */
  static String quoted(String what, String name) {
    return '"' + folded(what, name) + '"';
  }

  static String quoted(List<String> columns) {
    return String.join(", ", columns.stream().map(column -> quoted("column", column)).toList());
  }
}
