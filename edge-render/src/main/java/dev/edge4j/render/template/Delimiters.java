package dev.edge4j.render.template;

import java.util.regex.Pattern;

/** What begins and ends a tag. */
public record Delimiters(String open, String close) {
  /** Two braces each. */
  public static final Delimiters DEFAULT = new Delimiters("{{", "}}");

  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** Reads the inside of {@code {{=<% %>=}}}, equals signs excluded. */
  static Delimiters parse(Place place, String inside) {
    String[] both = SPACE.split(inside.strip(), -1);
    if (both.length != 2 || both[0].isEmpty() || both[0].contains("=") || both[1].contains("=")) {
      throw place.error("\"" + inside.strip()
          + "\" are not delimiters (expected: two words without \"=\", as in {{=<% %>=}})");
    }
    return new Delimiters(both[0], both[1]);
  }
}
