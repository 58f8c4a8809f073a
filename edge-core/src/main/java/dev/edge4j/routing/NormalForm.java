package dev.edge4j.routing;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.RequestTarget;
import java.util.List;

/**
 * Refuses a pattern whose text no path holds, for paths come decoded and in one form: it would be a route that nobody ever reaches, or a
 * guard that never stands anywhere.
 *
 * @param pattern the whole pattern, for messages
 */
record NormalForm(String pattern) {
  void check(List<Segment> segments) {
    for (int i = 0; i < segments.size(); i++) {
      switch (segments.get(i)) {
        case Segment.Literal(String text) -> checkWhole(text, i == 0 || i == segments.size() - 1);
        case Segment.Label label -> {
          checkText(label.before());
          label.holes().between().forEach(this::checkText);
          checkText(label.holes().after());
        }
        case Segment.Regex regex -> {
          checkText(regex.before());
          checkText(regex.value().after());
        }
        case Segment.Prefix(String text) -> checkText(text);
        case Segment.Rest _ -> {
          // It has no text.
        }
      }
    }
  }

  /** @param mayBeEmpty whether this is what stands before the first slash or behind the last one */
  private void checkWhole(String segment, boolean mayBeEmpty) {
    if (segment.isEmpty() && !mayBeEmpty) {
      throw new PatternException(pattern, "one slash at a time, for repeated ones in a path become one");
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw new PatternException(pattern, "no segment " + segment + ", for those are removed from a path");
    }
    checkText(segment);
  }

  private void checkText(String text) {
    String before = "/-"; // with text before it, it is neither a dot segment nor empty
    String normal;
    try {
      normal = RequestTarget.normalize(before + text).substring(before.length());
    } catch (BadRequestException e) {
      throw new PatternException(pattern,
          "text that a path may hold: no backslash, no control character, and %25 for a percent sign", e);
    }
    if (!normal.equals(text)) {
      throw new PatternException(pattern, "\"" + normal + "\" in place of \"" + text + "\", for paths come decoded");
    }
  }
}
