package dev.edge4j.render.html;

import java.util.Locale;
import java.util.Set;

/** What the value of an attribute means. */
enum Attribute {
  PLAIN, URL, SRCSET, STYLE, EVENT,
  /** Code by the lights of a library, such as htmx or Datastar. */
  CODE,
  /** What an attribute of another element becomes, which may be an address. */
  ANIMATED,
  /** Which attribute that is. */
  ANIMATION,
  /** A document in itself. */
  DOCUMENT;

  /** Attributes that a browser follows, loads or sends to (WHATWG HTML, index of attributes; SVG 2). */
  private static final Set<String> URLS = Set.of("href", "src", "action", "formaction", "poster", "cite", "background",
      "ping",
      "manifest", "xlink:href", "longdesc", "codebase", "classid", "archive", "profile", "usemap", "icon", "dynsrc",
      "lowsrc",
      "hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete", "hx-push-url", "hx-replace-url", "data-hx-get",
      "data-hx-post",
      "data-hx-put", "data-hx-patch", "data-hx-delete", "data-hx-push-url", "data-hx-replace-url", "sse-connect",
      "ws-connect",
      "data-sse-connect", "data-ws-connect");
  private static final Set<String> VALUES = Set.of("to", "from", "by", "values");
  private static final Set<String> ANIMATIONS = Set.of("animate", "set", "animatetransform", "animatemotion",
      "animatecolor");
  private static final Set<String> CODE_PREFIXES = Set.of("hx-on", "data-hx-on", "x-", "v-", "ng-", "data-ng-", "@",
      ":");
  /** Whole names, or what stands before a key or a modifier ({@code data-on:click}, {@code data-on-click}, {@code data-text__case}): htmx evaluates {@code js:} in the first, Datastar those from {@code data-attr} on, hyperscript the last. */
  private static final Set<String> CODE_NAMES = Set.of("hx-vals", "hx-vars", "hx-headers", "hx-request", "hx-trigger",
      "data-hx-vals", "data-hx-vars", "data-hx-headers", "data-hx-request", "data-hx-trigger", "data-attr", "data-bind",
      "data-class", "data-computed", "data-effect", "data-indicator", "data-init", "data-on", "data-ref", "data-show",
      "data-signals", "data-style", "data-text", "data-json-signals", "data-custom-validity", "data-replace-url",
      "data-view-transition", "data-persist", "data-query-string", "data-animate", "_", "script", "data-script");

  /** The kind of an attribute by its name and the element, both in lower case. */
  static Attribute of(String element, String name) {
    if (name.startsWith("on") && name.length() > 2) {
      return EVENT;
    }
    if (URLS.contains(name) || (name.equals("data") && element.equals("object"))) {
      return URL;
    }
    if (ANIMATIONS.contains(element) && (VALUES.contains(name) || name.equals("attributename"))) {
      return VALUES.contains(name) ? ANIMATED : ANIMATION;
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
      case ANIMATED -> new AnimatedLexer(false);
      case ANIMATION -> new Lexer.Refused(
          "a value in attributeName of an animation, which may change any address (expected: the name itself)");
      case EVENT, CODE -> new Lexer.Refused("a value in the attribute " + name.toLowerCase(Locale.ROOT)
          + ", which holds code (expected: a data- attribute that the code reads)");
      case DOCUMENT -> new Lexer.Refused("a value in srcdoc, a document of its own (expected: src)");
    };
  }
}
