package dev.edge4j.render.template;

import org.jspecify.annotations.Nullable;

/** The text of a template with what the parser asks of it: places, and whether a line is blank beside a tag. */
final class Source {
  private final String template;
  private final String text;
  private int knownOffset;
  private int knownLine = 1;
  private int knownStart;

  Source(String template, String text) {
    this.template = template;
    this.text = text;
  }

  String text() {
    return text;
  }

  /** The place of an offset. Quick where offsets are asked for in ascending order. */
  Place place(int offset) {
    if (offset < knownOffset) {
      knownOffset = 0;
      knownLine = 1;
      knownStart = 0;
    }
    for (int i = knownOffset; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        knownLine++;
        knownStart = i + 1;
      }
    }
    knownOffset = offset;
    return new Place(template, knownLine, offset - knownStart + 1);
  }

  /** The offset of the first character of the line. */
  int lineStart(int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  boolean isLineStart(int offset) {
    return offset == 0 || text.charAt(offset - 1) == '\n';
  }

  /** Whether nothing but blanks stands on the line in front of an offset. */
  boolean isBlankBefore(int offset) {
    return skipBlanks(lineStart(offset)) >= offset;
  }

  /** Whether nothing but blanks stands on the line behind an offset. */
  boolean isBlankAfter(int offset) {
    return nextLine(offset) >= 0;
  }

  /** The beginning of the next line if nothing but blanks stands before it, or -1. */
  int nextLine(int offset) {
    int end = skipBlanks(offset);
    if (end == text.length()) {
      return end;
    }
    if (text.charAt(end) == '\r' && end + 1 < text.length() && text.charAt(end + 1) == '\n') {
      return end + 2;
    }
    return text.charAt(end) == '\n' ? end + 1 : -1;
  }

  private int skipBlanks(int from) {
    int i = from;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }

  /** The white space at the beginning of the line. */
  String indentAt(int offset) {
    int start = lineStart(offset);
    return text.substring(start, Math.max(start, Math.min(offset, skipBlanks(start))));
  }

  /** The indentation of the first line in a range that is not blank, or {@code null} if all are. */
  @Nullable
  String intrinsicIndent(int from, int to) {
    int line = from;
    while (line < to) {
      int next = nextLine(line);
      if (next < 0) {
        int end = skipBlanks(line);
        return end < to ? text.substring(line, end) : null;
      }
      line = next;
    }
    return null;
  }
}
