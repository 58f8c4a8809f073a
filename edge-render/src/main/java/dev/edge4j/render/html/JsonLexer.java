package dev.edge4j.render.html;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.render.template.Place;

/** JSON in a script element: a value is a whole JSON value, or inside of quotes a piece of a string. */
record JsonLexer(JsonCodec codec, boolean inString, boolean escaped) implements Lexer {
  @Override
  public Lexer next(char c, Place place) {
    if (inString) {
      return new JsonLexer(codec, escaped || c != '"', !escaped && c == '\\');
    }
    return c == '"' ? new JsonLexer(codec, true, false) : this;
  }

  @Override
  public Escaper escaper(Place place) {
    if (escaped) {
      throw place.error("a value behind a backslash (expected: none there)");
    }
    return new JsonEscaper(codec, inString);
  }

  @Override
  public Lexer afterValue() {
    return this;
  }
}
