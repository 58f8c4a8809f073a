package dev.edge4j.routing;

import java.io.Serial;

/** A pattern that cannot be read. The message names the pattern and what was expected of it. */
public final class PatternException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  PatternException(String pattern, String expected) {
    super(message(pattern, expected));
  }

  PatternException(String pattern, String expected, Throwable cause) {
    super(message(pattern, expected), cause);
  }

  private static String message(String pattern, String expected) {
    return "pattern: \"" + pattern + "\" (expected: " + expected + ")";
  }
}
