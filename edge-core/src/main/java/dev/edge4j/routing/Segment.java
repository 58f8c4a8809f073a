package dev.edge4j.routing;

import java.util.regex.Pattern;

/** One step of a pattern between two slashes. {@link Prefix} and {@link Rest} only ever stand at the end. */
sealed interface Segment {
  /** The name of a capture that no one asked for: a star in the middle. */
  String UNNAMED = "";

  /** This text and nothing else; empty before a leading and after a trailing slash. */
  record Literal(String text) implements Segment {}

  /** One segment that is not empty: {@code :name}, or {@code *} in the middle. */
  record Single(String name) implements Segment {}

  /** {@code :name{regex}}: the whole of one or more segments, slashes included; empty if the expression allows it. */
  record Regex(String name, Pattern pattern) implements Segment {}

  /** {@code text*} at the end: whatever begins so. */
  record Prefix(String text) implements Segment {}

  /** {@code *} at the end: nothing more, or a slash and anything below. */
  record Rest() implements Segment {}
}
