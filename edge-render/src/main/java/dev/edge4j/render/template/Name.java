package dev.edge4j.render.template;

import java.util.List;
import java.util.regex.Pattern;

/** The name in a tag: {@code a.b.c}, or {@code .} for the innermost value, which has no parts. */
public record Name(String text, List<String> parts) {
  /** Anything but white space and what begins a tag: a typing error such as {@code {{ #x}}} is not taken for a name. */
  private static final String PART = "[^\\s.{}#^/<>$&=!*?%|\"'`]+";
  private static final Pattern DOTTED = Pattern.compile(PART + "(\\." + PART + ")*");

  /** Reads a name; throws {@link dev.edge4j.render.TemplateException} for what is none. */
  public static Name parse(Place place, String text) {
    if (text.equals(".")) {
      return new Name(text, List.of());
    }
    if (!DOTTED.matcher(text).matches()) {
      throw place.error("\"" + text + "\" is not a name (expected: name, name.name or .)");
    }
    return lenient(text);
  }

  /** Whatever stands behind the star of a dynamic name: one that cannot be found prints nothing. */
  public static Name lenient(String text) {
    return new Name(text, List.of(text.split("\\.", -1)));
  }

  @Override
  public String toString() {
    return text;
  }
}
