package dev.edge4j.routing;

import java.util.List;

/** What stands between two slashes of a pattern. {@link Prefix} and {@link Rest} only ever stand at the end. */
sealed interface Segment {
  /** The name of a capture that no one asked for: that of a star. */
  String UNNAMED = "";

  /** This text and nothing else; empty before a leading and after a trailing slash. */
  record Literal(String text) implements Segment {}

  /**
   * Parameters with text around and between them, each as short as it can be and none of them empty; {@code :name} or {@code *} if
   * there is no text.
   *
   * @param before the text at the beginning
   * @param names one or more
   * @param holes what divides the names, and the text at the end
   */
  record Label(String before, List<String> names, Step.Holes holes) implements Segment {
    /** Any text at all, as long as there is some. */
    boolean isPlain() {
      return before.isEmpty() && holes.equals(Step.Holes.PLAIN);
    }
  }

  /** {@code :name{regex}} with text around it: the whole of one or more segments, slashes included. */
  record Regex(String before, String name, Step.Spanning value) implements Segment {}

  /** {@code text*} at the end: whatever begins so. */
  record Prefix(String text) implements Segment {}

  /** A star at the end, with a name or without: nothing more, or a slash and anything below. */
  record Rest(String name) implements Segment {}
}
