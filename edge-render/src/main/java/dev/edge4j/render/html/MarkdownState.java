package dev.edge4j.render.html;

import dev.edge4j.render.template.Place;
import org.jspecify.annotations.Nullable;

/**
 * Markdown, as CommonMark 0.31 has it: what would begin markup in a value gets a backslash, and a value does not begin a new
 * line. The destination of a link takes a URL.
 *
 * @param destination whether {@code ](} or {@code ](<} stands right in front
 * @param last the last characters of the line
 */
public record MarkdownState(boolean destination, String last) implements State {
  /** The beginning of a document. */
  public static final MarkdownState START = new MarkdownState(false, "");

  @Override
  public State text(Place place, String text) {
    String line = text.endsWith("\n") ? "" : (last + text).substring(Math.max(0, last.length() + text.length() - 3));
    return new MarkdownState(line.endsWith("](") || line.endsWith("](<"), line);
  }

  @Override
  public Slot value(Place place) {
    return new Slot(destination ? MarkdownEscaper::url : new MarkdownEscaper(last.isBlank()), new MarkdownState(false,
        "x"));
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
    return other instanceof MarkdownState that && destination == that.destination ? new MarkdownState(destination, "")
        : null;
  }

  @Override
  public String where() {
    return destination ? "the destination of a link" : "text";
  }

  @Override
  public boolean mayEnd() {
    return true;
  }
}
