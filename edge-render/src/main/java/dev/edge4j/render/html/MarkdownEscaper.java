package dev.edge4j.render.html;

import dev.edge4j.render.output.Output;
import dev.edge4j.render.output.Replacements;
import java.util.HashMap;
import java.util.Map;

/** @param startsLine whether the value may begin a line, where more characters are markup than elsewhere */
record MarkdownEscaper(boolean startsLine) implements Escaper {
  private static final Replacements TABLE = table("\\`*_[]<>&|~$!");

  private static Replacements table(String escaped) {
    Map<Character, String> replaced = new HashMap<>(Map.of('\n', " ", '\r', " "));
    escaped.chars().forEach(c -> replaced.put((char) c, "\\" + (char) c));
    return Replacements.of(replaced);
  }

  @Override
  public void text(String value, Output out) {
    String text = startsLine ? value.strip() : value;
    if (startsLine) {
      int marker = marker(text);
      if (marker >= 0) {
        out.text(text.substring(0, marker));
        out.text("\\" + text.charAt(marker));
        out.escaped(text.substring(marker + 1), TABLE);
        return;
      }
    }
    out.escaped(text, TABLE);
  }

  /** A number may begin a list too. */
  @Override
  public void value(Object value, Output out) {
    text(value.toString(), out);
  }

  /** Where the character stands that would make a heading, a list, a rule or a fence of a line, or -1. */
  private static int marker(String text) {
    int i = 0;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    if (i == text.length()) {
      return -1;
    }
    return (i == 0 ? "#+-=:" : ".)").indexOf(text.charAt(i)) >= 0 ? i : -1;
  }
}
