package dev.edge4j.render;

import org.jspecify.annotations.Nullable;

/** The page as it grows. Confined to one rendering. */
final class Output {
  /** OWASP's five and the backtick and the equals sign, which end or begin an unquoted attribute value. */
  private static final @Nullable String[] ESCAPES = new @Nullable String[128];

  static {
    ESCAPES['&'] = "&amp;";
    ESCAPES['<'] = "&lt;";
    ESCAPES['>'] = "&gt;";
    ESCAPES['"'] = "&quot;";
    ESCAPES['\''] = "&#39;";
    ESCAPES['`'] = "&#96;";
    ESCAPES['='] = "&#61;";
  }

  private final StringBuilder page = new StringBuilder();
  private String indent = "";
  private boolean atLineStart;

  /** Indents the lines of text after this one; returns the indent so far, to be given to {@link #dedent}. */
  String indent(String more) {
    String before = indent;
    indent += more;
    return before;
  }

  void dedent(String before) {
    indent = before;
    atLineStart &= !before.isEmpty();
  }

  /** Text of a template. */
  void text(String text) {
    if (indent.isEmpty()) {
      page.append(text);
      return;
    }
    int from = 0;
    while (from < text.length()) {
      startLine();
      int newline = text.indexOf('\n', from);
      int to = newline < 0 ? text.length() : newline + 1;
      page.append(text, from, to);
      atLineStart = newline >= 0;
      from = to;
    }
  }

  /** A value as it is; lines in it are not indented. */
  void raw(String value) {
    startLine();
    page.append(value);
  }

  /** A value in the text of an HTML document or in a quoted attribute. */
  void escaped(String value) {
    startLine();
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      String escape = c < ESCAPES.length ? ESCAPES[c] : null;
      if (escape != null) {
        page.append(value, from, i).append(escape);
        from = i + 1;
      }
    }
    page.append(value, from, value.length());
  }

  private void startLine() {
    if (atLineStart) {
      page.append(indent);
      atLineStart = false;
    }
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
