package dev.edge4j.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads one segment of a pattern, character by character. */
final class SegmentParser {
  private static final String ESCAPABLE = ":*{}?-\\";

  private final String pattern;
  private final String part;
  private final boolean isLast;
  private final List<String> texts = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable Expression expression;
  private int at;

  /** @param isLast whether nothing stands behind it in the pattern */
  SegmentParser(String pattern, String part, boolean isLast) {
    this.pattern = pattern;
    this.part = part;
    this.isLast = isLast;
  }

  /** Whether a segment is one parameter with a question mark behind it. */
  static boolean isOptional(String part) {
    if (part.length() < 3 || part.charAt(0) != ':' || !isNameStart(part.charAt(1))) {
      return false;
    }
    int end = nameEnd(part, 1);
    if (end < part.length() && part.charAt(end) == '{') {
      end = PatternParser.closingBrace(part, end) + 1;
    }
    return end == part.length() - 1 && part.charAt(end) == '?';
  }

  static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /** Where the name that begins there ends; a hyphen belongs to it if it stands between two of its characters. */
  static int nameEnd(String text, int from) {
    int end = from;
    while (end < text.length() && (isOfName(text.charAt(end)) || isHyphenInside(text, end, from))) {
      end++;
    }
    return end;
  }

  private static boolean isHyphenInside(String text, int at, int from) {
    return text.charAt(at) == '-' && at > from && isOfName(text.charAt(at - 1)) && at + 1 < text.length()
        && isOfName(text.charAt(at + 1));
  }

  /** Whether a backslash stands there that makes the next sign plain text. */
  static boolean isEscape(String text, int at) {
    return text.charAt(at) == '\\' && at + 1 < text.length() && ESCAPABLE.indexOf(text.charAt(at + 1)) >= 0;
  }

  Segment segment() {
    if (part.startsWith("*")) {
      return star();
    }
    while (at < part.length()) {
      char c = part.charAt(at);
      if (isEscape(part, at)) {
        text.append(part.charAt(at + 1));
        at += 2;
      } else if (c == ':' && beginsParameter()) {
        parameter();
      } else if (c == '*') {
        return prefix();
      } else {
        text.append(c);
        at++;
      }
    }
    return whole();
  }

  private Segment star() {
    if (part.length() == 1) {
      return isLast ? new Segment.Rest(Segment.UNNAMED)
          : new Segment.Label("", List.of(Segment.UNNAMED), Step.Holes.PLAIN);
    }
    if (!isNameStart(part.charAt(1)) || nameEnd(part, 1) != part.length()) {
      throw refused(
          "a star alone in its segment, or a name and nothing else behind it; /a/:file.js for a part of a name");
    }
    if (!isLast) {
      throw refused("a named rest at the end; :" + part.substring(1) + "{.+} may hold slashes elsewhere");
    }
    return new Segment.Rest(part.substring(1));
  }

  private Segment prefix() {
    if (!isLast || at != part.length() - 1 || !names.isEmpty()) {
      throw refused("a star alone in its segment, or behind plain text at the end; /a/:file.js for a part of a name");
    }
    return new Segment.Prefix(text.toString());
  }

  private boolean beginsParameter() {
    boolean isNamed = at + 1 < part.length() && isNameStart(part.charAt(at + 1));
    if (!isNamed && (at == 0 || part.startsWith("{", at + 1))) {
      throw refused("a parameter name after the colon, of letters, digits and _, beginning with a letter");
    }
    return isNamed;
  }

  private void parameter() {
    int end = nameEnd(part, at + 1);
    String name = part.substring(at + 1, end);
    if (!names.isEmpty() && text.isEmpty()) {
      throw refused("text between :" + names.getLast() + " and :" + name);
    }
    at = end;
    texts.add(text.toString());
    text.setLength(0);
    names.add(name);
    if (part.startsWith("{", at)) {
      int close = PatternParser.closingBrace(part, at);
      expression = expression(name, part.substring(at + 1, close));
      at = close + 1;
    }
    if (part.startsWith("?", at)) {
      throw refused("an optional :" + name + " alone in its segment, with nothing but optional ones behind it");
    }
    if (expression != null && names.size() > 1) {
      throw refused("an expression without another parameter in its segment");
    }
  }

  private Expression expression(String name, String regex) {
    if (regex.isEmpty()) {
      throw refused("a regex between the braces of :" + name);
    }
    try {
      return Expression.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new PatternException(pattern, "a regex that compiles, not " + regex + ": " + e.getDescription(), e);
    }
  }

  private Segment whole() {
    String after = text.toString();
    if (names.isEmpty()) {
      return new Segment.Literal(after);
    }
    Expression value = expression;
    if (value != null) {
      return new Segment.Regex(texts.getFirst(), names.getFirst(), new Step.Spanning(value, after));
    }
    var holes = new Step.Holes(List.copyOf(texts.subList(1, texts.size())), after);
    return new Segment.Label(texts.getFirst(), List.copyOf(names), holes);
  }

  private PatternException refused(String expected) {
    return new PatternException(pattern, expected);
  }
}
