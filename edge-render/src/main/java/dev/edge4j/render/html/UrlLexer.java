package dev.edge4j.render.html;

import dev.edge4j.render.output.Output;
import dev.edge4j.render.output.Replacements;
import dev.edge4j.render.template.Place;
import org.jspecify.annotations.Nullable;

/**
 * A URL in an attribute: what a value may be depends on what stands in front of it.
 *
 * @param scheme what stands in front of the first delimiter: it may be a scheme
 */
record UrlLexer(Part part, String scheme) implements Lexer {
  /** How far a URL is read. */
  enum Part {
    /** Nothing stands in front: a value is a whole URL. */
    START,
    /** No delimiter stood in front: a value must not make a scheme of it. */
    FIRST_SEGMENT,
    /** A single slash stands in front: a value must not make a host of it. */
    ROOT, PATH, QUERY,
    /** Behind a scheme that values have no place in. */
    FOREIGN,
    /** It depends on the model whether something stands in front. */
    UNSURE
  }

  /** Stands for a value in the scheme: no scheme that is known holds it. */
  private static final String VALUE = "?";

  static final UrlLexer START = new UrlLexer(Part.START, "");

  private static final Escaper WHOLE = (value, out) -> out.escaped(Urls.isAllowed(value) ? value : Urls.BLOCKED,
      Escapers.URL);
  private static final Escaper FIRST = table(Escapers.FIRST_SEGMENT);
  private static final Escaper PATH = table(Escapers.PATH);
  private static final Escaper COMPONENT = table(Escapers.COMPONENT);
  private static final Escaper BEHIND_ROOT = new BehindRoot(Escapers.PATH);
  private static final Escaper BEHIND_VALUE = new BehindValue();

  /** Behind a value that may have been empty, or a slash: a slash in front must not make a host of what follows. */
  private static final class BehindValue implements Escaper {
    @Override
    public void text(String value, Output out) {
      if (value.startsWith("/") && makesHost(value, (char) out.array()[Math.max(0, out.length() - 1)])) {
        out.text("%2F");
        out.escaped(value.substring(1), Escapers.FIRST_SEGMENT);
      } else {
        out.escaped(value, Escapers.FIRST_SEGMENT);
      }
    }

    private static boolean makesHost(String value, char before) {
      boolean begins = before == '"' || before == '\'';
      return before == '/' || (begins && value.length() > 1 && (value.charAt(1) == '/' || value.charAt(1) == '\\'));
    }
  }

  private static Escaper table(Replacements table) {
    return (value, out) -> out.escaped(value, table);
  }

  @Override
  public Lexer next(char c, Place place) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return this; // a browser takes them out (WHATWG URL, section 4.4)
    }
    return switch (part) {
      case START, FIRST_SEGMENT, UNSURE -> first(c);
      case ROOT, PATH -> c == '?' || c == '#' ? new UrlLexer(Part.QUERY, "") : new UrlLexer(Part.PATH, "");
      case QUERY, FOREIGN -> this;
    };
  }

  private Lexer first(char c) {
    return switch (c) {
      case '?', '#' -> new UrlLexer(Part.QUERY, "");
      case '/', '\\' -> new UrlLexer(part == Part.START || scheme.equals(VALUE) ? Part.ROOT : Part.PATH, ""); // a value may be empty
      case '&' -> new UrlLexer(Part.FOREIGN, ""); // a character reference: whatever it may be
      case ':' -> new UrlLexer(Urls.isAllowedScheme(scheme) ? Part.PATH : Part.FOREIGN, "");
      default -> part == Part.START && Character.isWhitespace(c) ? this
          : new UrlLexer(part == Part.UNSURE ? part : Part.FIRST_SEGMENT, scheme + c);
    };
  }

  @Override
  public Escaper escaper(Place place) {
    return switch (part) {
      case START -> WHOLE;
      case FIRST_SEGMENT -> scheme.equals(VALUE) ? BEHIND_VALUE : FIRST;
      case ROOT -> BEHIND_ROOT;
      case PATH -> PATH;
      case QUERY -> COMPONENT;
      case FOREIGN -> throw place.error(
          "a value in a URL of that scheme (expected: http, https, mailto, tel or a relative URL)");
      case UNSURE -> throw place.error("it depends on the model whether this begins the URL "
          + "(expected: the section around the whole attribute)");
    };
  }

  @Override
  public Lexer afterValue() {
    return switch (part) {
      case START, FIRST_SEGMENT -> new UrlLexer(Part.FIRST_SEGMENT, VALUE);
      case ROOT -> new UrlLexer(Part.PATH, "");
      default -> this;
    };
  }

  @Override
  public @Nullable Lexer join(Lexer other) {
    if (equals(other)) {
      return this;
    }
    if (!(other instanceof UrlLexer that)) {
      return null;
    }
    return part == that.part && part != Part.FOREIGN ? new UrlLexer(part, VALUE) : new UrlLexer(Part.UNSURE, VALUE);
  }
}
