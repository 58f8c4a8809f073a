package dev.edge4j.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the text of one {@link PathPattern}. */
final class PatternParser {
  private static final int NONE = -1;
  /** What {@code /:x?} is without its parameter: one slash, not the empty path. */
  private static final List<String> ROOT = List.of("");
  /** A star below the root needs no slash before it. */
  private static final List<String> EVERYTHING = List.of("", "*");

  private final String text;

  PatternParser(String text) {
    this.text = text;
  }

  PathPattern parse() {
    if (text.isEmpty()) {
      throw new PatternException(text, "a path, such as / or /a/:id");
    }
    List<String> parts = split();
    int required = parts.size();
    while (required > 0 && isOptional(parts.get(required - 1))) {
      required--;
    }
    List<Variant> variants = new ArrayList<>();
    for (int length = required; length <= parts.size(); length++) {
      variants.add(variant(parts.subList(0, length), required));
    }
    return new PathPattern(text, List.copyOf(variants));
  }

  private Variant variant(List<String> parts, int required) {
    if (parts.equals(ROOT)) {
      return Variant.of(List.of(new Segment.Literal(""), new Segment.Literal("")));
    }
    if (parts.equals(EVERYTHING)) {
      return Variant.of(List.of(new Segment.Rest()));
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      String plain = i < required ? part : part.substring(0, part.length() - 1);
      segments.add(segment(plain, i == parts.size() - 1));
    }
    return Variant.of(segments);
  }

  /** Cuts at slashes that do not stand in the braces of a parameter. */
  private List<String> split() {
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int slash = text.indexOf('/', braceEnd(start));
      int end = slash == NONE ? text.length() : slash;
      parts.add(text.substring(start, end));
      start = end + 1;
    }
    return parts;
  }

  /** Where the search for the next slash begins: behind the braces, if a parameter with an expression starts here. */
  private int braceEnd(int start) {
    if (!text.startsWith(":", start)) {
      return start;
    }
    int brace = text.indexOf('{', start);
    int slash = text.indexOf('/', start);
    if (brace == NONE || (slash != NONE && slash < brace)) {
      return start;
    }
    int close = closingBrace(text, brace);
    if (close == NONE) {
      throw new PatternException(text, "a closing brace after the regex");
    }
    return close;
  }

  /** The brace that closes the one at {@code open}; escaped ones and those in character classes do not count. */
  private static int closingBrace(String text, int open) {
    int depth = 0;
    boolean inClass = false;
    for (int i = open; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '[' -> inClass = true;
        case ']' -> inClass = false;
        case '{' -> depth += inClass ? 0 : 1;
        case '}' -> depth -= inClass ? 0 : 1;
        default -> {
          continue;
        }
      }
      if (depth == 0) {
        return i;
      }
    }
    return NONE;
  }

  private static boolean isOptional(String part) {
    if (!part.startsWith(":") || !part.endsWith("?")) {
      return false;
    }
    int brace = part.indexOf('{');
    return brace == NONE || closingBrace(part, brace) == part.length() - 2;
  }

  private Segment segment(String part, boolean isLast) {
    int brace = part.indexOf('{');
    if (part.startsWith(":") && (brace == NONE || closingBrace(part, brace) == part.length() - 1)) {
      return parameter(part, brace);
    }
    if (!part.endsWith("*")) {
      return new Segment.Literal(part);
    }
    if (part.length() == 1) {
      return isLast ? new Segment.Rest() : new Segment.Single(Segment.UNNAMED);
    }
    return isLast ? new Segment.Prefix(part.substring(0, part.length() - 1)) : new Segment.Literal(part);
  }

  private Segment parameter(String part, int brace) {
    if (brace == NONE) {
      return new Segment.Single(name(part.substring(1)));
    }
    String name = name(part.substring(1, brace));
    String regex = part.substring(brace + 1, part.length() - 1);
    if (regex.isEmpty()) {
      throw new PatternException(text, "a regex between the braces of :" + name);
    }
    try {
      return new Segment.Regex(name, Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      throw new PatternException(text, "a regex that compiles, not " + regex + ": " + e.getDescription(), e);
    }
  }

  private String name(String name) {
    if (name.isEmpty()) {
      throw new PatternException(text, "a parameter name after the colon");
    }
    if (!name.codePoints().allMatch(PatternParser::isNameCharacter)) {
      throw new PatternException(text, "a parameter name of letters, digits, _, - and . instead of " + name);
    }
    return name;
  }

  /** Hono also takes a colon, and a question mark that is not at the end of the pattern, as part of a name. */
  private static boolean isNameCharacter(int c) {
    return Character.isLetterOrDigit(c) || "_-.:?".indexOf(c) >= 0;
  }
}
