package dev.edge4j.data;

import java.util.regex.Pattern;

/** Names of tables and columns that go into SQL: plain ones alone, so that none of them needs quoting. */
final class Names {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private Names() {}

  /** The name; {@link IllegalArgumentException} if it is not plain. */
  static String check(String what, String name) {
    if (!PLAIN.matcher(name).matches()) {
      throw new IllegalArgumentException(what + ": \"" + name
          + "\" (expected: a name of letters, digits and underscores)");
    }
    return name;
  }
}
