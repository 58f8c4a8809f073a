package dev.edge4j.render.html;

import dev.edge4j.render.output.Output;
import dev.edge4j.render.template.Place;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code srcset}: candidates of a URL and a descriptor, with commas between (WHATWG HTML, section 4.8.4.2.1). */
enum SrcsetLexer implements Lexer {
  /** A candidate begins: a value is one or several of them. */
  START,
  /** A slash stands in front, alone or behind a value. */
  ROOT,
  /** Something of its URL stands in front. */
  URL,
  /** A value stands in front. */
  BEHIND_VALUE,
  /** Behind its URL: a width or a density. */
  DESCRIPTOR,
  /** It depends on the model. */
  UNSURE;

  private static final Escaper BEHIND_ROOT = new BehindRoot(Escapers.CANDIDATE);
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern DESCRIPTOR_WORD = Pattern.compile("[0-9.]*[a-z]?");

  @Override
  public Lexer next(char c, Place place) {
    return switch (c) {
      case ',' -> START;
      case ' ', '\t', '\n', '\r' -> this == START ? START : this == UNSURE ? UNSURE : DESCRIPTOR;
      case '/' -> this == START || this == BEHIND_VALUE ? ROOT : this == ROOT ? URL : this;
      default -> this == START || this == ROOT || this == BEHIND_VALUE ? URL : this;
    };
  }

  @Override
  public Escaper escaper(Place place) {
    return switch (this) {
      case START -> SrcsetLexer::candidates;
      case ROOT -> BEHIND_ROOT;
      case URL, BEHIND_VALUE -> (value, out) -> out.escaped(value, Escapers.CANDIDATE);
      case DESCRIPTOR -> (value, out) -> out.text(DESCRIPTOR_WORD.matcher(value).matches() ? value : "");
      case UNSURE -> throw place.error("it depends on the model where in the srcset this is "
          + "(expected: the section around whole candidates, each with its comma)");
    };
  }

  private static void candidates(String value, Output out) {
    String separator = "";
    for (String candidate : COMMA.split(value, -1)) {
      String text = candidate.strip();
      int space = text.indexOf(' ');
      String url = space < 0 ? text : text.substring(0, space);
      String descriptor = space < 0 ? "" : text.substring(space + 1).strip();
      if (!url.isEmpty()) {
        out.text(separator);
        out.escaped(Urls.isAllowed(url) ? url : Urls.BLOCKED, Escapers.URL);
        if (!descriptor.isEmpty() && DESCRIPTOR_WORD.matcher(descriptor).matches()) {
          out.text(" " + descriptor);
        }
        separator = ", ";
      }
    }
  }

  @Override
  public Lexer afterValue() {
    return switch (this) {
      case START -> BEHIND_VALUE;
      case ROOT, BEHIND_VALUE -> URL;
      default -> this;
    };
  }

  @Override
  public @Nullable Lexer join(Lexer other) {
    return this == other ? this : other instanceof SrcsetLexer ? UNSURE : null;
  }
}
