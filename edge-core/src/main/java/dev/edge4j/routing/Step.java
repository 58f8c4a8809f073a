package dev.edge4j.routing;

import java.util.List;

/**
 * One move along a path: what a {@link Variant} is made of, and what leads from node to node of a tree. Positions are indexes into the
 * path. A step that stops at the end of a segment stops at a slash or at the end of the path.
 */
sealed interface Step {
  /** No position. */
  int NONE = -1;

  /** These characters, slashes included. */
  record Text(String text) implements Step {}

  /**
   * Parameters up to the end of the segment, with text between them and after the last.
   *
   * @param between what divides one parameter from the next; never empty text
   * @param after the text that ends the segment; may be empty
   */
  record Holes(List<String> between, String after) implements Step {
    /** One parameter that is all of its segment. */
    static final Holes PLAIN = new Holes(List.of(), "");

    int count() {
      return between.size() + 1;
    }

    /** Where the segment ends, if the parameters fit into it; else {@link #NONE}. */
    int end(String path, int from) {
      int end = segmentEnd(path, from);
      return fits(path, from, end) ? end : NONE;
    }

    /**
     * Whether the text from here to there is of this form. The first place where a text is found is as good as any: what fits behind a
     * later one fits behind it too.
     */
    boolean fits(String path, int from, int end) {
      int last = end - after.length();
      int at = from;
      for (int i = 0; i < between.size(); i++) { // by index: a lookup may not allocate
        String text = between.get(i);
        at = find(path, text, at + 1, last);
        if (at == NONE) {
          return false;
        }
        at += text.length();
      }
      return at < last && path.startsWith(after, last);
    }

    /** Writes down where each parameter begins and ends; the parameters are known to fit. */
    void capture(String path, int from, int end, int[] bounds, int first) {
      int last = end - after.length();
      int at = from;
      int next = first;
      for (String text : between) {
        int found = find(path, text, at + 1, last);
        bounds[next++] = at;
        bounds[next++] = found;
        at = found + text.length();
      }
      bounds[next++] = at;
      bounds[next] = last;
    }

    private static int find(String path, String text, int from, int end) {
      int found = from <= end ? path.indexOf(text, from, end) : NONE;
      return found < 0 ? NONE : found;
    }
  }

  /**
   * A parameter with an expression, which ends where a segment ends, less the text after it.
   *
   * @param after the text that ends the segment; may be empty
   */
  record Spanning(Expression expression, String after) implements Step {
    /** The last place where it may end. */
    int longest(String path, int from) {
      return expression.mayHoldSlash() ? path.length() : segmentEnd(path, from);
    }

    /** The place before {@code end} where it may end, or {@link #NONE}. */
    int shorter(String path, int from, int end) {
      int slash = expression.mayHoldSlash() ? path.lastIndexOf('/', end - 1) : NONE;
      return slash < from ? NONE : slash;
    }

    /** Whether the value may end there. */
    boolean fits(String path, int from, int end) {
      int last = end - after.length();
      return last >= from && path.startsWith(after, last) && expression.matches(path, from, last);
    }
  }

  /** The end of the path. */
  record End() implements Step {}

  /** The end of the path, or a slash and anything behind it. */
  record Below() implements Step {}

  /** Whatever is left. */
  record Anything() implements Step {}

  /** The first slash at or behind a position, or the end of the path. */
  static int segmentEnd(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }
}
