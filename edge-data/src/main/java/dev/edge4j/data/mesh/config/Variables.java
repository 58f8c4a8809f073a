package dev.edge4j.data.mesh.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values in place of {@code ${NAME}} and {@code ${NAME:-fallback}}; a second dollar in front makes it plain text. */
record Variables(Function<String, Optional<String>> values) {
  private static final Pattern REFERENCE = Pattern.compile(
      "\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)(?::-([^}]*))?\\}|\\$\\{");

  /** True if the text would not be the same afterwards. */
  static boolean isReference(String text) {
    return text.contains("${");
  }

  /** Throws {@link MeshConfigException} for a reference that is not closed, or whose value is not set and has no fallback. */
  String resolve(String where, String text) {
    Matcher matcher = REFERENCE.matcher(text);
    var resolved = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value(where, matcher)));
    }
    return matcher.appendTail(resolved).toString();
  }

  private String value(String where, Matcher found) {
    if (found.group().equals("$${")) {
      return "${";
    }
    String name = found.group(1);
    if (name == null) {
      throw new MeshConfigException(where + ": a ${ that is no reference (expected: ${NAME}, ${NAME:-fallback}, or $${"
          + " for a dollar and a brace)");
    }
    Optional<String> fallback = Optional.ofNullable(found.group(2));
    return values.apply(name)
        .or(() -> fallback)
        .orElseThrow(() -> new MeshConfigException(where + ": ${" + name + "} is not set (expected: the environment "
            + "variable " + name + ", an argument --" + name + "=..., or ${" + name + ":-fallback} in the file)"));
  }
}
