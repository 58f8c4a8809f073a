package dev.edge4j.routing;

import java.util.List;

/**
 * How the paths of one pattern lie to those of another. It is found from the patterns alone, so it may stay undecided, but it is never
 * wrong.
 */
public enum Overlap {
  /** Every path that the other matches is matched. */
  ALWAYS,
  /** No path is matched by both. */
  NEVER,
  /** Neither of the two, or undecided: a path has to be asked. */
  SOMETIMES;

  static Overlap of(PathPattern pattern, PathPattern other) {
    if (covers(pattern, other)) {
      return ALWAYS;
    }
    return differ(pattern, other) ? NEVER : SOMETIMES;
  }

  // ---- always

  // Loops and no streams: every route of an application is compared with all that come before it.
  static boolean covers(PathPattern pattern, PathPattern other) {
    for (Variant theirs : other.variants()) {
      if (!coversOne(pattern.variants(), theirs)) {
        return false;
      }
    }
    return true;
  }

  private static boolean coversOne(List<Variant> variants, Variant other) {
    for (Variant variant : variants) {
      if (covers(variant.segments(), other.segments(), 0)) {
        return true;
      }
    }
    return false;
  }

  /** Whether what remains of {@code segments} matches whatever remains of {@code other}; everything before is covered. */
  private static boolean covers(List<Segment> segments, List<Segment> other, int i) {
    if (i == segments.size()) {
      return i == other.size();
    }
    Segment segment = segments.get(i);
    if (segment instanceof Segment.Rest) {
      return i > 0 || segments.size() == 1;
    }
    if (i == other.size()) {
      return false;
    }
    Segment theirs = other.get(i);
    if (segment instanceof Segment.Prefix(String text)) {
      return beginsWith(theirs, text);
    }
    if (isWhole(segment, i, segments) && isNotEmpty(theirs)) {
      return true;
    }
    return coversOne(segment, theirs) && covers(segments, other, i + 1);
  }

  /** {@code :name{.+}} at the end: anything, as long as there is some. */
  private static boolean isWhole(Segment segment, int i, List<Segment> segments) {
    return i == segments.size() - 1 && segment instanceof Segment.Regex(String before, _, Step.Spanning value)
        && before.isEmpty() && value.after().isEmpty() && value.expression().text().equals(".+");
  }

  private static boolean beginsWith(Segment segment, String text) {
    return switch (segment) {
      case Segment.Literal literal -> literal.text().startsWith(text);
      case Segment.Label label -> label.before().startsWith(text);
      case Segment.Regex regex -> regex.before().startsWith(text);
      case Segment.Prefix prefix -> prefix.text().startsWith(text);
      case Segment.Rest _ -> false;
    };
  }

  private static boolean isNotEmpty(Segment segment) {
    return switch (segment) {
      case Segment.Literal literal -> !literal.text().isEmpty();
      case Segment.Label _ -> true;
      case Segment.Regex _,Segment.Prefix _,Segment.Rest _ -> false;
    };
  }

  /** Whether a segment matches whatever the other one may stand for, and ends where it ends. */
  private static boolean coversOne(Segment segment, Segment theirs) {
    return switch (segment) {
      case Segment.Literal literal -> literal.equals(theirs);
      case Segment.Label label when theirs instanceof Segment.Literal(String text) -> fits(label, text);
      case Segment.Label label when theirs instanceof Segment.Label other -> label.isPlain() || sameShape(label, other);
      case Segment.Regex regex when theirs instanceof Segment.Literal(String text) -> fits(regex, text);
      case Segment.Regex regex when theirs instanceof Segment.Regex other -> sameShape(regex, other);
      case Segment.Label _,Segment.Regex _,Segment.Prefix _,Segment.Rest _ -> false;
    };
  }

  private static boolean sameShape(Segment.Label label, Segment.Label other) {
    return label.before().equals(other.before()) && label.holes().equals(other.holes());
  }

  private static boolean sameShape(Segment.Regex regex, Segment.Regex other) {
    return regex.before().equals(other.before()) && regex.value().after().equals(other.value().after())
        && regex.value().expression().text().equals(other.value().expression().text());
  }

  private static boolean fits(Segment.Label label, String text) {
    return text.startsWith(label.before()) && label.holes().fits(text, label.before().length(), text.length());
  }

  private static boolean fits(Segment.Regex regex, String text) {
    return text.startsWith(regex.before())
        && regex.value().fits(text, regex.before().length(), text.length());
  }

  // ---- never

  private static boolean differ(PathPattern pattern, PathPattern other) {
    for (Variant theirs : other.variants()) {
      for (Variant variant : pattern.variants()) {
        if (!differ(variant, theirs)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean differ(Variant variant, Variant other) {
    List<Segment> a = variant.segments();
    List<Segment> b = other.segments();
    for (int i = 0;; i++) {
      if (i == a.size() || i == b.size()) {
        return a.size() != b.size() && !isRestAt(a, i) && !isRestAt(b, i);
      }
      if (isRestAt(a, i) || isRestAt(b, i) || maySpan(a.get(i)) || maySpan(b.get(i))) {
        return false;
      }
      if (differ(a.get(i), b.get(i))) {
        return true;
      }
      if (a.get(i) instanceof Segment.Prefix || b.get(i) instanceof Segment.Prefix) {
        return false;
      }
    }
  }

  private static boolean isRestAt(List<Segment> segments, int i) {
    return i < segments.size() && segments.get(i) instanceof Segment.Rest;
  }

  private static boolean maySpan(Segment segment) {
    return segment instanceof Segment.Regex regex && regex.value().expression().mayHoldSlash();
  }

  /** Whether no text is what both stand for. */
  private static boolean differ(Segment a, Segment b) {
    if (b instanceof Segment.Literal && !(a instanceof Segment.Literal)) {
      return differ(b, a);
    }
    if (a instanceof Segment.Literal(String text)) {
      return switch (b) {
        case Segment.Literal literal -> !literal.text().equals(text);
        case Segment.Label label -> !fits(label, text);
        case Segment.Regex regex -> !fits(regex, text);
        case Segment.Prefix prefix -> !text.startsWith(prefix.text());
        case Segment.Rest _ -> false;
      };
    }
    String mine = before(a);
    String theirs = before(b);
    return !mine.startsWith(theirs) && !theirs.startsWith(mine);
  }

  private static String before(Segment segment) {
    return switch (segment) {
      case Segment.Label label -> label.before();
      case Segment.Regex regex -> regex.before();
      case Segment.Prefix prefix -> prefix.text();
      case Segment.Literal literal -> literal.text();
      case Segment.Rest _ -> "";
    };
  }
}
