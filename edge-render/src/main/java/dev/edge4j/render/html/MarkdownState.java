package dev.edge4j.render.html;

import dev.edge4j.render.template.Place;
import org.jspecify.annotations.Nullable;

/**
 * Markdown, as CommonMark 0.31 has it: what would begin markup in a value gets a backslash, and a value does not begin a new
 * line. The destination of a link takes a URL, or a part of one, as an attribute of HTML does.
 *
 * @param destination how far the destination of a link is read, behind {@code ](} or in a definition; null outside of one
 * @param last the last characters of the line
 * @param html whether this is raw HTML
 * @param inline what surrounds it in the line
 */
public record MarkdownState(@Nullable Lexer destination, String last, MarkdownHtml html, MarkdownInline inline)
    implements
      State {
  /** The beginning of a document. */
  public static final MarkdownState START = new MarkdownState(null, "", MarkdownHtml.START, MarkdownInline.START);

  private static final int LOOKED_AT = 3;
  private static final String BLANKS = " \t\r\n";

  @Override
  public State text(Place place, String text) {
    MarkdownState state = this;
    for (int i = 0; i < text.length(); i++) {
      state = state.next(text.charAt(i), place);
    }
    return state;
  }

  private MarkdownState next(char c, Place place) {
    String line = last + c;
    String seen = c == '\n' ? "" : line.substring(Math.max(0, line.length() - LOOKED_AT));
    MarkdownHtml around = destination == null || c == '\n' ? html.next(c) : html;
    if (destination == null && (line.endsWith("](") || (line.endsWith("]:") && around.mayDefine()))) {
      return new MarkdownState(UrlLexer.START, seen, around, inline.next(c));
    }
    Lexer behind = behind(c, place);
    boolean ends = destination != null && behind == null && BLANKS.indexOf(c) >= 0;
    return new MarkdownState(behind, seen, around, ends ? inline.next(c).behindDestination() : inline.next(c));
  }

  private @Nullable Lexer behind(char c, Place place) {
    boolean blank = BLANKS.indexOf(c) >= 0;
    if (destination == null || (destination.equals(UrlLexer.START) && (blank || c == '<'))) {
      return destination; // blanks and an angle bracket may stand in front of a destination
    }
    return blank || c == ')' || c == '>' ? null : destination.next(c, place);
  }

  @Override
  public Slot value(Place place) {
    String reason = html.reason();
    if (reason != null) {
      throw place.error("no value is safe " + reason
          + " in Markdown (expected: Markdown around it, or a page of HTML)");
    }
    Lexer url = destination;
    return url == null ? new Slot(new MarkdownEscaper(last.isBlank(), inline.table()), new MarkdownState(null, "x",
        html, inline.afterValue()))
        : new Slot(new MarkdownUrl(url.escaper(place)), new MarkdownState(url.afterValue(), "x", html, inline
            .afterValue()));
  }

  @Override
  public boolean takesHtml() {
    return true;
  }

  @Override
  public boolean takesElements() {
    return false;
  }

  /** Whether a line begins matters for an escape that does no harm elsewhere. */
  @Override
  public @Nullable State join(State other) {
    if (equals(other)) {
      return this;
    }
    if (!(other instanceof MarkdownState that) || (destination == null) != (that.destination == null)) {
      return null;
    }
    MarkdownHtml around = html.join(that.html);
    if (around == null) {
      return null;
    }
    if (destination == null || that.destination == null) {
      return new MarkdownState(null, "", around, inline.join(that.inline));
    }
    Lexer joined = destination.join(that.destination);
    return joined == null ? null : new MarkdownState(joined, "", around, inline.join(that.inline));
  }

  @Override
  public String where() {
    return destination == null ? "text" : "the destination of a link";
  }

  @Override
  public boolean mayEnd() {
    return true;
  }
}
