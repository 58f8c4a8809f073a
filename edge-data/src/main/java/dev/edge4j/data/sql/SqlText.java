package dev.edge4j.data.sql;

import java.util.Locale;

/** Tells code in SQL from what only looks like it: literals, quoted names, comments. */
public final class SqlText {
  private SqlText() {}

  /**
   * The end of the literal, quoted name or comment that begins at {@code at}; {@code at} itself if none does. One that is not
   * closed reaches to the end of the text.
   */
  public static int skip(String sql, int at) {
    return switch (sql.charAt(at)) {
      case '\'', '"', '`' -> quoted(sql, at);
      case '-' -> sql.startsWith("--", at) ? until(sql, "\n", at + 2) : at;
      case '/' -> sql.startsWith("/*", at) ? until(sql, "*/", at + 2) : at;
      default -> at;
    };
  }

  /** The first word of a statement in upper case, behind blanks and comments; empty if it begins with something else. */
  public static String firstWord(String sql) {
    int at = 0;
    while (at < sql.length()) {
      int end = Character.isWhitespace(sql.charAt(at)) ? at + 1 : skip(sql, at);
      if (end == at) {
        break;
      }
      at = end;
    }
    int end = at;
    while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
      end++;
    }
    return sql.substring(at, end).toUpperCase(Locale.ROOT);
  }

  /** A doubled quote inside reads as two literals side by side, which comes to the same end. */
  private static int quoted(String sql, int at) {
    return until(sql, String.valueOf(sql.charAt(at)), at + 1);
  }

  private static int until(String sql, String end, int from) {
    int found = sql.indexOf(end, from);
    return found < 0 ? sql.length() : found + end.length();
  }
}
