package dev.edge4j.render.html;

import dev.edge4j.render.html.HtmlState.Phase;
import dev.edge4j.render.template.Place;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one piece of static text, character by character. Used once. */
final class HtmlReader {
  private final Rules rules;
  private final Place start;
  private Phase phase;
  private Element element;
  private String attribute;
  private char quote;
  private Lexer lexer;
  private String tail;
  private boolean cut;
  private boolean wide;
  private int foreign;
  private @Nullable String inline;
  private final StringBuilder name = new StringBuilder();
  private final StringBuilder content = new StringBuilder();
  private int index;

  HtmlReader(HtmlState state, Place start) {
    this.start = start;
    rules = state.rules();
    phase = state.phase();
    element = state.element();
    attribute = state.attribute();
    quote = state.quote();
    lexer = state.lexer();
    tail = state.tail();
    cut = state.cut();
    wide = state.wide();
    foreign = state.foreign();
    inline = state.inline();
  }

  HtmlState read(String text) {
    for (index = 0; index < text.length(); index++) {
      step(text.charAt(index));
    }
    endOfPiece();
    return new HtmlState(rules, phase, element, attribute, quote, lexer, tail, cut, wide, foreign, inline == null ? null
        : inline + content);
  }

  private Place place() {
    return start.right(index);
  }

  /** A name ends with the piece: what follows must not go on with it, see {@link #inTag}. */
  private void endOfPiece() {
    switch (phase) {
      case TAG_NAME -> {
        endTagName();
        cut = true;
      }
      case ATTRIBUTE_NAME -> {
        endAttributeName();
        phase = Phase.IN_TAG;
        cut = true;
      }
      case AFTER_NAME -> phase = Phase.IN_TAG;
      default -> {
      }
    }
    if (phase == Phase.IN_TAG) {
      attribute = "";
      lexer = HtmlState.NO_LEXER;
    }
  }

  private void step(char c) {
    switch (phase) {
      case TEXT -> {
        if (c == '<') {
          phase = Phase.LESS_THAN;
        }
      }
      case LESS_THAN -> lessThan(c);
      case END_TAG_OPEN -> endTagOpen(c);
      case MARKUP -> markup(c);
      case DECLARATION -> {
        if (c == '>') {
          text();
        }
      }
      case COMMENT -> comment(c);
      case TAG_NAME -> tagName(c);
      case IN_TAG -> inTag(c);
      case ATTRIBUTE_NAME -> attributeName(c);
      case AFTER_NAME -> afterName(c);
      case BEFORE_VALUE -> beforeValue(c);
      case VALUE -> value(c);
      case UNQUOTED -> unquoted(c);
      case TITLE, RAW_TEXT, SCRIPT, STYLE -> content(c);
    }
  }

  private void text() {
    phase = Phase.TEXT;
    element = Element.NONE;
    attribute = "";
    quote = ' ';
    tail = "";
    cut = false;
    lexer = HtmlState.NO_LEXER;
    inline = null;
  }

  private void lessThan(char c) {
    switch (c) {
      case '/' -> phase = Phase.END_TAG_OPEN;
      case '!' -> phase = Phase.MARKUP;
      case '?' -> phase = Phase.DECLARATION;
      case '<' -> {
      }
      default -> {
        if (isLetter(c)) {
          beginTag(c, false);
        } else {
          text();
        }
      }
    }
  }

  private void endTagOpen(char c) {
    if (isLetter(c)) {
      beginTag(c, true);
    } else if (c == '>') {
      text();
    } else {
      phase = Phase.DECLARATION;
    }
  }

  private void beginTag(char c, boolean end) {
    phase = Phase.TAG_NAME;
    element = Element.start("", end);
    name.setLength(0);
    name.append(c);
  }

  private void markup(char c) {
    tail += c;
    if (tail.equals("--")) {
      phase = Phase.COMMENT; // "<!-->" and "<!--->" end at once: the dashes count
    } else if (!tail.equals("-")) {
      phase = Phase.DECLARATION;
      tail = "";
      step(c);
    }
  }

  private void comment(char c) {
    if (c == '>' && (tail.endsWith("--") || tail.endsWith("--!"))) {
      text();
    } else {
      tail = c == '-' || c == '!' ? (tail + c).substring(Math.max(0, tail.length() - 2)) : "";
    }
  }

  private void tagName(char c) {
    if (isSpace(c) || c == '/' || c == '>') {
      endTagName();
      inTag(c);
    } else {
      name.append(c);
    }
  }

  private void endTagName() {
    element = Element.start(name.toString(), element.end());
    phase = Phase.IN_TAG;
  }

  private void inTag(char c) {
    if (cut && !isSpace(c) && c != '/' && c != '>') {
      throw place().error("text goes on with a name that a tag of the template has cut (expected: a space before it)");
    }
    if (c == '=') {
      throw place().error("an \"=\" without the name of an attribute in front of it (expected: name=\"value\")");
    }
    cut = false;
    if (c == '>') {
      endTag();
    } else if (c == '/') {
      tail = "/";
    } else {
      tail = "";
      if (!isSpace(c)) {
        phase = Phase.ATTRIBUTE_NAME;
        name.setLength(0);
        name.append(c);
      }
    }
  }

  private void attributeName(char c) {
    if (isSpace(c)) {
      endAttributeName();
      phase = Phase.AFTER_NAME;
    } else if (c == '=') {
      endAttributeName();
      phase = Phase.BEFORE_VALUE;
    } else if (c == '/' || c == '>') {
      endAttributeName();
      phase = Phase.IN_TAG;
      inTag(c);
    } else {
      name.append(c);
    }
  }

  private void afterName(char c) {
    if (c == '=') {
      phase = Phase.BEFORE_VALUE;
    } else if (!isSpace(c)) {
      phase = Phase.IN_TAG;
      inTag(c);
    }
  }

  private void endAttributeName() {
    attribute = name.toString().toLowerCase(Locale.ROOT);
    Attribute kind = Attribute.of(element.name(), attribute);
    if (!rules.allows(kind)) {
      throw place().error("the attribute " + attribute
          + ", which a Content-Security-Policy without 'unsafe-inline' blocks (expected: "
          + (kind == Attribute.STYLE ? "a class" : "a listener in a script")
          + ", or ViewOptions.withInlineAttributes())");
    }
    lexer = kind.lexer(attribute);
    if (attribute.equals("src")) {
      element = element.withSource();
    }
    if (attribute.equals("http-equiv")) {
      if (element.refresh().equals("content")) {
        throw place().error("a <meta http-equiv> with a value in content= (expected: the header itself)");
      }
      element = element.withRefresh("http-equiv");
    }
  }

  private void beforeValue(char c) {
    if (c == '"' || c == '\'') {
      phase = Phase.VALUE;
      quote = c;
      tail = "";
      if (attribute.equals("type")) {
        element = element.withType("");
      }
    } else if (c == '>') {
      phase = Phase.IN_TAG;
      inTag(c);
    } else if (!isSpace(c)) {
      phase = Phase.UNQUOTED;
      if (attribute.equals("type")) {
        element = element.withType("");
      }
      unquoted(c);
    }
  }

  private void value(char c) {
    if (c == quote) {
      endValue();
    } else {
      lexer = lexer.next(c, place());
      type(c);
    }
  }

  private void unquoted(char c) {
    if (isSpace(c) || c == '>') {
      endValue();
      inTag(c);
    } else {
      type(c);
    }
  }

  private void type(char c) {
    if (attribute.equals("type") && element.isScript()) {
      element = element.withType(element.type() + c);
    }
  }

  private void endValue() {
    phase = Phase.IN_TAG;
    quote = ' ';
    attribute = "";
    lexer = HtmlState.NO_LEXER;
  }

  /** The end of a tag, and what its element holds. */
  private void endTag() {
    Element tag = element;
    boolean closesItself = tail.equals("/");
    if (!closesItself || !tag.isForeign()) {
      foreign = tag.foreignAfter(foreign);
      wide = tag.isWideAfter(wide);
    }
    text();
    if (tag.end()) {
      return;
    }
    Phase inside = tag.content(foreign > 0);
    if (inside == Phase.TEXT) {
      return;
    }
    if (closesItself) {
      throw place().error("<" + tag.name() + "/> does not close itself in HTML (expected: <" + tag.name() + "></" + tag
          .name() + ">)");
    }
    phase = inside;
    element = tag;
    lexer = tag.lexer(rules);
    inline = tag.isHashed() ? "" : null;
    content.setLength(0);
  }

  /** Text up to the end tag of this very element: nothing else ends it. */
  private void content(char c) {
    String end = "</" + element.name();
    if (tail.equals(end) && (isSpace(c) || c == '/' || c == '>')) {
      endContent(c, end);
      return;
    }
    String longer = tail + Character.toLowerCase(c);
    tail = end.startsWith(longer) || "<!--".startsWith(longer) ? longer : c == '<' ? "<" : "";
    if (tail.equals("<!--") && phase == Phase.SCRIPT) {
      throw place().error(
          "\"<!--\" in a script, behind which </script> may not end it (expected: \"<\" + \"!--\" or none)");
    }
    if (inline != null) {
      content.append(c);
    }
    lexer = lexer.next(c, place());
  }

  private void endContent(char c, String end) {
    String all = inline == null ? null : inline + content;
    if (all != null) {
      rules.inline(all.substring(0, all.length() - end.length()));
    }
    String ended = element.name();
    content.setLength(0);
    text();
    element = Element.start(ended, true);
    phase = Phase.IN_TAG;
    inTag(c);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
  }
}
