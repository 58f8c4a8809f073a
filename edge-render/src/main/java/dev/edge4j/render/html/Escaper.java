package dev.edge4j.render.html;

import dev.edge4j.render.output.Output;

/** Prints a value so that it cannot leave the place it stands in. Immutable, safe for use by many threads. */
@FunctionalInterface
public interface Escaper {
  /** Prints text. */
  void text(String value, Output out);

  /** Prints any value that is there: by default its text, whole numbers without the detour. */
  default void value(Object value, Output out) {
    if (value instanceof String text) {
      text(text, out);
    } else if (value instanceof Integer || value instanceof Long) {
      out.number(((Number) value).longValue());
    } else {
      text(value.toString(), out);
    }
  }

  /** Prints what stands for a value that is absent: by default nothing. */
  default void absent(Output out) {
    // Nothing.
  }
}
