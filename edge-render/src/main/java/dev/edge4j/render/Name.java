package dev.edge4j.render;

import java.util.List;
import java.util.regex.Pattern;

/** The name in a tag: {@code a.b.c}, or {@code .} for the innermost value, which has no parts. */
record Name(String text, List<String> parts) {
  /** Anything but white space and what begins a tag: a typing error such as {@code {{ #x}}} is not taken for a name. */
  private static final String PART = "[^\\s.{}#^/<>$&=!*?%|\"'`]+";
  private static final Pattern DOTTED = Pattern.compile(PART + "(\\." + PART + ")*");

  static Name parse(Place place, String text) {
    if (text.equals(".")) {
      return new Name(text, List.of());
    }
    if (!DOTTED.matcher(text).matches()) {
      throw new TemplateException(place, "\"" + text + "\" is not a name (expected: name, name.name or .)");
    }
    return new Name(text, List.of(text.split("\\.")));
  }
}
