package dev.edge4j.render.site;

import java.util.List;
import java.util.Map;

/** Which links of a page a speculation rule is about (W3C Speculation Rules, "document rule predicate"). */
public sealed interface Where {
  /** Links to such a path: a URL pattern, relative to the page's origin, {@code /products/*}. */
  record Path(String pattern) implements Where {
    /** Refuses what would be relative to the document of the rules. */
    public Path {
      if (!pattern.startsWith("/")) {
        throw new IllegalArgumentException("pattern of a path: \"" + pattern
            + "\" (expected: one that begins with a slash)");
      }
    }
  }

  /** Links that a CSS selector matches. */
  record Selector(String css) implements Where {}

  /** All of these. */
  record All(List<Where> conditions) implements Where {
    /** Copies the list. */
    public All {
      conditions = List.copyOf(conditions);
    }
  }

  /** Any of these. */
  record Any(List<Where> conditions) implements Where {
    /** Copies the list. */
    public Any {
      conditions = List.copyOf(conditions);
    }
  }

  /** None of this. */
  record Not(Where condition) implements Where {}

  static Where path(String pattern) {
    return new Path(pattern);
  }

  static Where selector(String css) {
    return new Selector(css);
  }

  static Where any(Where... conditions) {
    return new Any(List.of(conditions));
  }

  /** This and that. */
  default Where and(Where other) {
    return new All(List.of(this, other));
  }

  /** The other links. */
  default Where negate() {
    return new Not(this);
  }

  /** As it stands in the document. */
  default Object json() {
    return switch (this) {
      case Path(String pattern) -> Map.of("href_matches", pattern);
      case Selector(String css) -> Map.of("selector_matches", css);
      case All(List<Where> conditions) -> Map.of("and", conditions.stream().map(Where::json).toList());
      case Any(List<Where> conditions) -> Map.of("or", conditions.stream().map(Where::json).toList());
      case Not(Where condition) -> Map.of("not", condition.json());
    };
  }
}
