package dev.edge4j.render.html;

import dev.edge4j.render.output.Output;
import dev.edge4j.render.output.Replacements;
import java.util.HashMap;
import java.util.Map;

/**
 * A value in text. One that begins with what makes a block has a backslash there wherever it stands: behind the mark of a list, or behind a value
 * that is empty, a block may begin too, and in the middle of a line the backslash is not seen.
 *
 * @param startsLine whether nothing stands in front on the line, so that blanks would indent it
 * @param table what gets a backslash
 */
record MarkdownEscaper(boolean startsLine, Replacements table) implements Escaper {
  private static final String MARKS = "\\*_[]<>&|~$!";
  /** Text. */
  static final Replacements TEXT = table(MARKS + "`", "");
  /** The title of a link: what ends it too. */
  static final Replacements TITLE = table(MARKS + "`\"'()", "");
  /** Behind a backtick: there may be code, in which a backslash escapes nothing, and another backtick would end it. */
  static final Replacements CODE = table(MARKS, "`");

  private static Replacements table(String escaped, String quotes) {
    Map<Character, String> replaced = new HashMap<>(Map.of('\n', " ", '\r', " "));
    escaped.chars().forEach(c -> replaced.put((char) c, "\\" + (char) c));
    quotes.chars().forEach(c -> replaced.put((char) c, "'"));
    return Replacements.of(replaced);
  }

  @Override
  public void text(String value, Output out) {
    String text = startsLine ? value.strip() : value.stripLeading();
    if (!startsLine && text.length() < value.length()) {
      out.write(' '); // four would make code of what follows
    }
    int marker = marker(text);
    if (marker >= 0) {
      out.text(text.substring(0, marker));
      out.write('\\');
    }
    out.escaped(text.substring(Math.max(0, marker)), table);
  }

  /** A number may begin a list too. */
  @Override
  public void value(Object value, Output out) {
    text(value.toString(), out);
  }

  /** Where the character stands that would make a heading, a list, a rule or a fence of a line, or -1; one that is escaped anyway does not count. */
  private static int marker(String text) {
    int i = 0;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    if (i == text.length()) {
      return -1;
    }
    boolean ends = i + 1 == text.length() || Character.isWhitespace(text.charAt(i + 1));
    return (i == 0 && "#+-=:".indexOf(text.charAt(i)) >= 0) || (ends && ".)".indexOf(text.charAt(i)) >= 0) ? i : -1;
  }
}
