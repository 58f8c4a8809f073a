package dev.edge4j.render.export;

import dev.edge4j.http.RequestTarget;
import dev.edge4j.routing.PathPattern;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern with values in the place of its parameters. */
final class Filled {
  /** {@code :name}, with an expression or a question mark behind it, or {@code *name}; as PathPattern says. */
  private static final Pattern PARAMETER = Pattern.compile(
      "[:*]([A-Za-z_](?:[A-Za-z0-9_]|-(?=[A-Za-z]))*)(?:\\{[^}]*})?\\??");

  private Filled() {}

  static String of(String pattern, Map<String, String> values) {
    Matcher parameters = PARAMETER.matcher(pattern);
    var path = new StringBuilder();
    while (parameters.find()) {
      String value = values.get(parameters.group(1));
      if (value == null) {
        throw new IllegalArgumentException("values for \"" + pattern + "\": " + values + " (expected: one for "
            + parameters.group(1) + ")");
      }
      parameters.appendReplacement(path, Matcher.quoteReplacement(RequestTarget.encode(value)));
    }
    parameters.appendTail(path);
    String whole = path.toString();
    if (!PathPattern.parse(pattern).matches(RequestTarget.parse(whole).path())) {
      throw new IllegalArgumentException("path: \"" + whole + "\" (expected: one that matches " + pattern + ")");
    }
    return whole;
  }
}
