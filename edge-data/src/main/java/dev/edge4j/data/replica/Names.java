package dev.edge4j.data.replica;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names that become part of SQL: checked, and always quoted. Pure. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
  private static final Pattern APP = Pattern.compile("[a-z][a-z0-9]{0,19}");
  private static final Pattern NODE = Pattern.compile("[a-z0-9_]{1,24}");

  private Names() {}

  static String checked(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(what + ": \"" + name
          + "\" (expected: letters, digits and underscores, not a digit first)");
    }
    return name;
  }

  /** Without an underscore, so that the slots of one app are never taken for those of another. */
  static String app(String name) {
    if (!APP.matcher(name).matches()) {
      throw new IllegalArgumentException("app: \"" + name
          + "\" (expected: up to 20 small letters and digits, a letter first)");
    }
    return name;
  }

  static String node(String name) {
    if (!NODE.matcher(name).matches()) {
      throw new IllegalArgumentException("node: \"" + name
          + "\" (expected: up to 24 small letters, digits and underscores)");
    }
    return name;
  }

  /** What a file's or a host's name leaves of itself. */
  static String reduced(String name, int most, String otherwise) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").replaceFirst("^[0-9]+", "");
    return plain.isEmpty() ? otherwise : plain.substring(0, Math.min(most, plain.length()));
  }

  /** In double quotes. Names that come from a catalog may hold anything. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String list(List<String> names) {
    return names.stream().map(Names::quoted).collect(Collectors.joining(", "));
  }
}
