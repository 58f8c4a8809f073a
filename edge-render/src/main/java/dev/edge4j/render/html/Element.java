package dev.edge4j.render.html;

import java.util.Locale;
import java.util.Set;

/**
 * The tag being read, or whose content is.
 *
 * @param name in lower case
 * @param end whether it is an end tag
 * @param type the value of {@code type=}, which decides what a script is
 * @param source whether it has {@code src=}
 * @param refresh whether it has {@code http-equiv=}, or a value in {@code content=}: not both
 */
record Element(String name, boolean end, String type, boolean source, String refresh) {
  static final Element NONE = new Element("", false, "", false, "");

  private static final Set<String> RAW = Set.of("iframe", "noembed", "noframes", "xmp", "plaintext", "listing");
  private static final Set<String> SCRIPTS = Set.of("", "module", "text/javascript", "application/javascript");
  private static final Set<String> DATA = Set.of("importmap", "speculationrules");
  /** In them a parser takes few elements; behind the others any. */
  private static final Set<String> NARROW = Set.of("table", "thead", "tbody", "tfoot", "tr", "colgroup", "select",
      "optgroup",
      "option", "svg", "math", "head", "html", "frameset");
  private static final Set<String> FOREIGN = Set.of("svg", "math");
  private static final Set<String> WIDE = Set.of("td", "th", "caption", "body", "foreignobject");
  private static final Set<String> WIDE_AFTER = Set.of("table", "select", "svg", "math", "head");

  static Element start(String name, boolean end) {
    return new Element(name.toLowerCase(Locale.ROOT), end, "", false, "");
  }

  Element withType(String value) {
    return new Element(name, end, value.strip().toLowerCase(Locale.ROOT), source, refresh);
  }

  Element withSource() {
    return new Element(name, end, type, true, refresh);
  }

  Element withRefresh(String what) {
    return new Element(name, end, type, source, what);
  }

  boolean isRawText() {
    return RAW.contains(name);
  }

  boolean isScript() {
    return name.equals("script");
  }

  boolean isJson() {
    return DATA.contains(type) || type.endsWith("/json") || type.endsWith("+json");
  }

  boolean isJavaScript() {
    return SCRIPTS.contains(type);
  }

  /** What stands behind its start tag: in SVG and MathML a title holds elements. */
  HtmlState.Phase content(boolean foreign) {
    return switch (name) {
      case "title", "textarea" -> foreign ? HtmlState.Phase.TEXT : HtmlState.Phase.TITLE;
      case "style" -> HtmlState.Phase.STYLE;
      case "script" -> HtmlState.Phase.SCRIPT;
      default -> isRawText() ? HtmlState.Phase.RAW_TEXT : HtmlState.Phase.TEXT;
    };
  }

  /** What reads that. */
  Lexer lexer(Rules rules) {
    if (name.equals("style")) {
      return CssLexer.SHEET;
    }
    if (!isScript()) {
      return HtmlState.NO_LEXER;
    }
    if (isJson()) {
      return new JsonLexer(rules.json(), false, false);
    }
    return isJavaScript() ? JsLexer.start(rules.json())
        : new Lexer.Refused("a value in a script of type " + type + " (expected: application/json or JavaScript)");
  }

  /** Whether a policy asks for a hash of the content. */
  boolean isHashed() {
    return name.equals("style") || (isScript() && !source && (isJavaScript() || DATA.contains(type)));
  }

  /** Whether it is SVG or MathML, where a slash closes a tag. */
  boolean isForeign() {
    return FOREIGN.contains(name);
  }

  /** In how many elements of SVG and MathML that is which stands behind this tag. */
  int foreignAfter(int before) {
    return isForeign() ? Math.max(0, before + (end ? -1 : 1)) : before;
  }

  /** Whether any element may stand behind this tag, if it might in front, as far as one tag tells. */
  boolean isWideAfter(boolean before) {
    if (end) {
      return WIDE_AFTER.contains(name) || (!WIDE.contains(name) && before);
    }
    return WIDE.contains(name) || (!NARROW.contains(name) && before);
  }
}
