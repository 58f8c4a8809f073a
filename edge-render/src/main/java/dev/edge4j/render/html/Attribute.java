package dev.edge4j.render.html;

import java.util.Locale;
import java.util.Set;

/** What the value of an attribute means. */
enum Attribute {
  PLAIN, URL, SRCSET, STYLE, EVENT,
  /** Code by the lights of a library, such as htmx or Datastar. */
  CODE,
  /** A document in itself. */
  DOCUMENT;

  /** Attributes that a browser follows, loads or sends to (WHATWG HTML, index of attributes; SVG 2). */
  private static final Set<String> URLS = Set.of("href", "src", "action", "formaction", "poster", "cite", "background",
      "ping",
      "manifest", "xlink:href", "longdesc", "codebase", "classid", "archive", "profile", "usemap", "icon", "dynsrc",
      "lowsrc",
      "hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete", "data-hx-get", "data-hx-post");
  private static final Set<String> ANIMATED = Set.of("to", "from", "by", "values");
  private static final Set<String> ANIMATIONS = Set.of("animate", "set", "animatetransform", "animatemotion");
  private static final Set<String> CODE_PREFIXES = Set.of("hx-on", "data-hx-on", "x-", "v-", "ng-", "@", ":");
  /** Whole names, or what stands before a key or a modifier ({@code data-on:click}, {@code data-on-click}, {@code data-text__case}): htmx evaluates {@code js:} in the first, Datastar all of the others. */
  private static final Set<String> CODE_NAMES = Set.of("hx-vals", "hx-vars", "hx-headers", "hx-request", "hx-trigger",
      "data-hx-vals", "data-hx-vars", "data-hx-headers", "data-hx-request", "data-hx-trigger", "data-attr", "data-bind",
      "data-class", "data-computed", "data-effect", "data-indicator", "data-init", "data-on", "data-ref", "data-show",
      "data-signals", "data-style", "data-text");

  /** The kind of an attribute by its name and the element, both in lower case. */
  static Attribute of(String element, String name) {
    if (name.startsWith("on") && name.length() > 2) {
      return EVENT;
    }
    if (URLS.contains(name) || (name.equals("data") && element.equals("object"))
        || (ANIMATED.contains(name) && ANIMATIONS.contains(element))) {
      return URL;
    }
    return switch (name) {
      case "style" -> STYLE;
      case "srcset", "imagesrcset" -> SRCSET;
      case "srcdoc" -> DOCUMENT;
      default -> holdsCode(name) ? CODE : PLAIN;
    };
  }

  private static boolean holdsCode(String name) {
    return CODE_PREFIXES.stream().anyMatch(name::startsWith)
        || CODE_NAMES.stream()
            .anyMatch(code -> name.startsWith(code) && (name.length() == code.length()
                || "-:_".indexOf(name.charAt(code.length())) >= 0));
  }

  Lexer lexer(String name) {
    return switch (this) {
      case PLAIN -> new Lexer.Text();
      case URL -> UrlLexer.START;
      case SRCSET -> SrcsetLexer.START;
      case STYLE -> CssLexer.ATTRIBUTE;
      case EVENT, CODE -> new Lexer.Refused("a value in the attribute " + name.toLowerCase(Locale.ROOT)
          + ", which holds code (expected: a data- attribute that the code reads)");
      case DOCUMENT -> new Lexer.Refused("a value in srcdoc, a document of its own (expected: src)");
    };
  }
}
