package dev.edge4j.render.dev;

import java.util.List;

/** Some lines of a template around a place, with numbers, and a caret below the column. Pure. */
final class Excerpt {
  private static final int AROUND = 3;

  private Excerpt() {}

  /** Text for a fixed-width font; a tab stays one, so that the caret stands where it should. */
  static String of(String source, int line, int column) {
    List<String> lines = source.lines().toList();
    var text = new StringBuilder();
    int width = String.valueOf(Math.min(lines.size(), line + AROUND)).length();
    for (int number = Math.max(1, line - AROUND); number <= Math.min(lines.size(), line + AROUND); number++) {
      String shown = lines.get(number - 1);
      String count = String.valueOf(number);
      text.append(number == line ? "> " : "  ")
          .append(" ".repeat(width - count.length()))
          .append(count)
          .append(" | ")
          .append(shown)
          .append('\n');
      if (number == line && column > 0) {
        String before = shown.substring(0, Math.min(shown.length(), column - 1));
        text.append(" ".repeat(width + 2)).append(" | ").append(before.replaceAll("[^\t]", " ")).append("^\n");
      }
    }
    return text.toString();
  }
}
