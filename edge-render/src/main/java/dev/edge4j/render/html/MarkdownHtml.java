package dev.edge4j.render.html;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a place in Markdown is in raw HTML, where a backslash escapes nothing (CommonMark 0.31, sections 4.6 and 6.6), and whether a
 * link may be defined there (4.7). In doubt it is HTML: a line that an element may begin is, and so are those behind it up to an empty one.
 *
 * @param where what the characters so far have led to
 * @param until what ends it: in HTML alone, else empty
 * @param tail the last characters, as far as they matter
 * @param label whether a line of this paragraph began with a square bracket
 */
public record MarkdownHtml(Where where, String until, String tail, boolean label) {
  /** Where a character stands. */
  public enum Where {
    /** Nothing but blanks, marks of lists and quotes, and values, which may be empty. */
    LINE_START,
    /** Behind the angle bracket that a line begins with, as far as a name goes. */
    LINE_OPENED,
    /** Behind an angle bracket in a line. */
    OPENED, TEXT,
    /** In a tag, or what else angle brackets hold. */
    TAG,
    /** In a block. */
    HTML
  }

  /** Where a document begins. */
  public static final MarkdownHtml START = new MarkdownHtml(Where.LINE_START, "", "", false);

  private static final String EMPTY_LINE = "\n\n";
  private static final Set<String> TEXT_ELEMENTS = Set.of("script", "pre", "style", "textarea");
  private static final String MARKS = " \t\r>-+*.)0123456789";
  private static final String BLANKS = " \t\r";
  private static final int KEPT = "</textarea>".length();

  MarkdownHtml next(char c) {
    return switch (where) {
      case LINE_START, TEXT -> text(c);
      case LINE_OPENED -> lineOpened(c);
      case OPENED -> opened(c);
      case TAG -> c == '>' ? in(Where.TEXT, "", "") : untilEnd(c);
      case HTML -> untilEnd(c);
    };
  }

  private MarkdownHtml text(char c) {
    if (c == '\n') {
      return new MarkdownHtml(Where.LINE_START, "", "", label && where == Where.TEXT);
    }
    if (c == '<' && !isEscaped()) {
      return in(where == Where.TEXT ? Where.OPENED : Where.LINE_OPENED, "", "<");
    }
    if (where == Where.LINE_START && MARKS.indexOf(c) >= 0) {
      return this;
    }
    return new MarkdownHtml(Where.TEXT, "", c == '\\' && !isEscaped() ? "\\" : "", label || (c == '['
        && where == Where.LINE_START));
  }

  /** Behind a bracket in a line, a blank or a digit makes it a sign. */
  private MarkdownHtml opened(char c) {
    if (c == '!' || c == '?') {
      return in(Where.HTML, c == '!' ? ">" : "?>", "");
    }
    return isLetter(c) || c == '/' ? in(Where.TAG, EMPTY_LINE, "") : in(Where.TEXT, "", "").next(c);
  }

  /** Behind the bracket that begins a line: a name, or one of the marks of comments, declarations and instructions. */
  private MarkdownHtml lineOpened(char c) {
    String name = tail.substring(1);
    if (name.equals("!")) {
      return in(Where.HTML, c == '-' ? "-->" : c == '[' ? "]]>" : ">", "");
    }
    if (c == '?' && name.isEmpty()) {
      return in(Where.HTML, "?>", "");
    }
    boolean named = name.isEmpty() ? c == '!' || c == '/' : c == '-' || Character.isDigit(c);
    if (named || isLetter(c)) {
      return in(Where.LINE_OPENED, "", tail + c);
    }
    if (name.isEmpty()) {
      return in(Where.TEXT, "", "").next(c);
    }
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '>' || c == '/') {
      String element = name.toLowerCase(Locale.ROOT);
      return in(Where.HTML, TEXT_ELEMENTS.contains(element) ? "</" + element + ">" : EMPTY_LINE, "").next(c);
    }
    return in(Where.TAG, EMPTY_LINE, ""); // the address of a link
  }

  private MarkdownHtml untilEnd(char c) {
    if (until.equals(EMPTY_LINE)) {
      if (c == '\n') {
        return tail.equals("\n") ? START : in(where, until, "\n");
      }
      return BLANKS.indexOf(c) >= 0 ? this : in(where, until, "");
    }
    String seen = tail + Character.toLowerCase(c);
    if (!seen.endsWith(until)) {
      return in(where, until, seen.substring(Math.max(0, seen.length() - KEPT)));
    }
    return until.equals("\n") ? START : in(where, "\n", ""); // the rest of the line is HTML too
  }

  private MarkdownHtml in(Where next, String end, String seen) {
    return new MarkdownHtml(next, end, seen, label);
  }

  private boolean isEscaped() {
    return tail.equals("\\");
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Whether what follows {@code ]:} here may be the destination of a link. */
  boolean mayDefine() {
    return label && where == Where.TEXT;
  }

  /** Why no value is safe here, or {@code null}. */
  @Nullable
  String reason() {
    return switch (where) {
      case LINE_OPENED, OPENED, TAG -> "between angle brackets";
      case HTML -> "in raw HTML";
      case LINE_START, TEXT -> isEscaped() ? "behind a backslash" : null;
    };
  }

  /** What is so in either of two; {@code null} if they end differently. */
  @Nullable
  MarkdownHtml join(MarkdownHtml other) {
    if (equals(other)) {
      return this;
    }
    if (reason() != null || other.reason() != null) {
      return null;
    }
    return new MarkdownHtml(where == other.where ? where : Where.LINE_START, "", "", label || other.label);
  }
}
