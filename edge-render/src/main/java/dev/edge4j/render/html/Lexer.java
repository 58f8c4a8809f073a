package dev.edge4j.render.html;

import dev.edge4j.render.template.Place;
import org.jspecify.annotations.Nullable;

/** Reads what stands inside of an attribute's value, a script or a style sheet, as far as it decides about values. Immutable. */
interface Lexer {
  /** The state behind one character. */
  Lexer next(char c, Place place);

  /** How a value is printed here. Throws TemplateException where none is safe. */
  Escaper escaper(Place place);

  /** The state behind a value. */
  Lexer afterValue();

  /** The state of a place that is reached in either of two, or {@code null}. */
  default @Nullable Lexer join(Lexer other) {
    return equals(other) ? this : null;
  }

  /** Plain text: each value is escaped as in text. */
  record Text() implements Lexer {
    @Override
    public Lexer next(char c, Place place) {
      return this;
    }

    @Override
    public Escaper escaper(Place place) {
      return Escapers.TEXT;
    }

    @Override
    public Lexer afterValue() {
      return this;
    }
  }

  /** Where a value is an error, for a reason. */
  record Refused(String reason) implements Lexer {
    @Override
    public Lexer next(char c, Place place) {
      return this;
    }

    @Override
    public Escaper escaper(Place place) {
      throw place.error(reason);
    }

    @Override
    public Lexer afterValue() {
      return this;
    }
  }
}
