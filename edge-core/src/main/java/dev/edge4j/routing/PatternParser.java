package dev.edge4j.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the text of one {@link PathPattern}: cuts it into segments and looks at them together. */
final class PatternParser {
  private static final int NONE = -1;
  /** What {@code /:x?} is without its parameter: one slash, not the empty path. */
  private static final List<String> ROOT = List.of("");

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
    while (required > 0 && SegmentParser.isOptional(parts.get(required - 1))) {
      required--;
    }
    List<Variant> variants = new ArrayList<>();
    for (int length = required; length <= parts.size(); length++) {
      variants.add(variant(parts.subList(0, length), required, parts.size()));
    }
    checkNames(variants.getLast());
    return new PathPattern(text, List.copyOf(variants));
  }

  /** @param whole the number of segments with all optional ones: a star before those is not the last */
  private Variant variant(List<String> parts, int required, int whole) {
    if (parts.equals(ROOT)) {
      return Variant.of(List.of(new Segment.Literal(""), new Segment.Literal("")));
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      String plain = i < required ? part : part.substring(0, part.length() - 1);
      segments.add(new SegmentParser(text, plain, i == whole - 1).segment());
    }
    boolean isBelowRoot = segments.size() == 2 && segments.getFirst().equals(new Segment.Literal(""));
    return Variant.of(isBelowRoot && segments.getLast() instanceof Segment.Rest rest ? List.of(rest) : segments);
  }

  private void checkNames(Variant whole) {
    Set<String> seen = new HashSet<>();
    for (String name : whole.names()) {
      if (!name.equals(Segment.UNNAMED) && !seen.add(name)) {
        throw new PatternException(text, "one parameter of the name " + name + ", not two");
      }
    }
  }

  /** Cuts at slashes that do not stand in the braces of a parameter. */
  private List<String> split() {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '/') {
        parts.add(text.substring(start, at));
        start = at + 1;
      } else if (SegmentParser.isEscape(text, at)) {
        at++;
      } else if (c == ':' && at + 1 < text.length() && SegmentParser.isNameStart(text.charAt(at + 1))) {
        at = parameterEnd(at) - 1;
      }
      at++;
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** Behind the name of the parameter at that colon, and behind its braces if it has any. */
  private int parameterEnd(int colon) {
    int end = SegmentParser.nameEnd(text, colon + 1);
    if (end == text.length() || text.charAt(end) != '{') {
      return end;
    }
    int close = closingBrace(text, end);
    if (close == NONE) {
      throw new PatternException(text, "a closing brace after the regex");
    }
    return close + 1;
  }

  /** The brace that closes the one at {@code open}; escaped ones and those in character classes do not count. */
  static int closingBrace(String text, int open) {
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
}
