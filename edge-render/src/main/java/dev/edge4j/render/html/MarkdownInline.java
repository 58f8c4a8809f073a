package dev.edge4j.render.html;

import dev.edge4j.render.output.Replacements;

/**
 * What surrounds a place in a line of Markdown: the title of a link, or code (CommonMark 0.31, sections 6.1 and 6.3).
 *
 * @param title whether the destination of a link stands in front, with a blank behind it
 * @param open how many backticks code has begun with, 0 outside of it
 * @param run how many backticks stand right in front
 */
public record MarkdownInline(boolean title, int open, int run) {
  /** Where a document begins. */
  public static final MarkdownInline START = new MarkdownInline(false, 0, 0);

  MarkdownInline next(char c) {
    if (c == '`') {
      return new MarkdownInline(title, open, run + 1);
    }
    return new MarkdownInline(title && c != ')' && c != '\n', afterRun(), 0);
  }

  private int afterRun() {
    if (run == 0) {
      return open;
    }
    return open == 0 ? run : open == run ? 0 : open;
  }

  MarkdownInline behindDestination() {
    return new MarkdownInline(true, open, run);
  }

  MarkdownInline afterValue() {
    return new MarkdownInline(title, afterRun(), 0);
  }

  Replacements table() {
    return title ? MarkdownEscaper.TITLE : afterRun() > 0 ? MarkdownEscaper.CODE : MarkdownEscaper.TEXT;
  }

  MarkdownInline join(MarkdownInline other) {
    return equals(other) ? this
        : new MarkdownInline(title || other.title, Math.max(afterRun(), other.afterRun()), 0);
  }
}
