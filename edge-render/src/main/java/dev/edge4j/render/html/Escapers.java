package dev.edge4j.render.html;

import dev.edge4j.render.output.Replacements;
import java.util.HashMap;
import java.util.Map;

/** The escapers that are a table, and the tables of others. */
final class Escapers {
  /** OWASP's five and the backtick and the equals sign, which end or begin an unquoted attribute value. */
  private static final Map<Character, String> MARKUP_TABLE = Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;", '"',
      "&quot;",
      '\'', "&#39;", '`', "&#96;", '=', "&#61;");
  private static final Replacements MARKUP = Replacements.of(MARKUP_TABLE);
  private static final Replacements XML_TEXT = withoutControls(MARKUP_TABLE);

  /** Text between elements, and quoted attributes without a meaning of their own. */
  static final Escaper TEXT = (value, out) -> out.escaped(value, MARKUP);

  /** As text in HTML; a character that XML 1.0 has no way to write (section 2.2) is printed as a space, as no reader would take the document otherwise. */
  static final Escaper XML = (value, out) -> out.escaped(value.replace('\uFFFE', ' ').replace('\uFFFF', ' '), XML_TEXT);

  /** A whole URL: what cannot stand in one is percent-encoded, everything else is left to it. */
  static final Replacements URL = percent("");
  /** A part of a path: it can neither end the path nor begin another. */
  static final Replacements PATH = percent("?#%");
  /** A part of a path in front of which no slash stands for certain: a colon would make a scheme of it. */
  static final Replacements FIRST_SEGMENT = percent("?#%:");
  /** A value in a query or a fragment: nothing but RFC 3986's unreserved characters. */
  static final Replacements COMPONENT = percent("?#%:/!$&'()*+,;=@[]");
  /** A path in a list that commas separate. */
  static final Replacements CANDIDATE = percent("?#%,");

  private Escapers() {}

  private static Replacements withoutControls(Map<Character, String> others) {
    Map<Character, String> replaced = new HashMap<>(others);
    for (char c = 0; c < ' '; c++) {
      if (c != '\t' && c != '\n' && c != '\r') {
        replaced.put(c, " ");
      }
    }
    return Replacements.of(replaced);
  }

  /** For an attribute: ASCII that has no place in a URL, and those given, percent-encoded; ampersand and apostrophe as HTML has them. */
  private static Replacements percent(String others) {
    Map<Character, String> replaced = new HashMap<>(Map.of('&', "&amp;", '\'', "&#39;"));
    for (char c = 0; c < 128; c++) {
      if (c <= ' ' || c == 127 || "\"<>\\^`{|}".indexOf(c) >= 0 || others.indexOf(c) >= 0) {
        replaced.put(c, "%%%02X".formatted((int) c));
      }
    }
    return Replacements.of(replaced);
  }
}
