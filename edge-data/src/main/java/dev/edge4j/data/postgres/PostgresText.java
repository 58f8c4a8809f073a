package dev.edge4j.data.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** PostgreSQL's lexical structure (manual, chapter 4.1), as far as it takes to tell code from what only looks like it. */
final class PostgresText {
  private PostgresText() {}

  /**
   * The end of the literal, quoted name, dollar-quoted text or comment that begins at {@code at}; {@code at} itself if none does. One
   * that is not closed reaches to the end of the text.
   */
  static int skip(String sql, int at) {
    return switch (sql.charAt(at)) {
      case '\'' -> hasEscapes(sql, at) ? escaped(sql, at + 1) : until(sql, "'", at + 1);
      case '"' -> until(sql, "\"", at + 1);
      case '$' -> dollar(sql, at);
      case '-' -> sql.startsWith("--", at) ? until(sql, "\n", at + 2) : at;
      case '/' -> sql.startsWith("/*", at) ? comment(sql, at + 2) : at;
      default -> at;
    };
  }

  /** The statements of a script, without those that are blank. A semicolon in {@code BEGIN ATOMIC ... END} ends nothing. */
  static List<String> statements(String script) {
    var statements = new ArrayList<String>();
    var code = new StringBuilder(); // of the current statement, blanks in place of what is skipped
    int begin = 0;
    for (int at = 0; at < script.length();) {
      int end = skip(script, at);
      if (end > at) {
        code.append(isComment(script, at) ? " " : " x ");
        at = end;
        continue;
      }
      if (script.charAt(at) == ';' && !isInsideBody(code)) {
        add(statements, code, script.substring(begin, at));
        begin = at + 1;
        code.setLength(0);
      } else {
        code.append(script.charAt(at));
      }
      at++;
    }
    add(statements, code, script.substring(begin));
    return statements;
  }

  private static void add(List<String> statements, StringBuilder code, String statement) {
    if (!code.toString().isBlank()) {
      statements.add(statement.strip());
    }
  }

  /** A body of a function begins with BEGIN ATOMIC; CASE has an END of its own. */
  private static boolean isInsideBody(StringBuilder code) {
    int depth = 0;
    String before = "";
    for (String word : code.toString().toUpperCase(Locale.ROOT).split("[^A-Z0-9_]+", -1)) {
      if ((word.equals("ATOMIC") && before.equals("BEGIN")) || (depth > 0 && word.equals("CASE"))) {
        depth++;
      } else if (depth > 0 && word.equals("END")) {
        depth--;
      }
      before = word;
    }
    return depth > 0;
  }

  private static boolean isComment(String sql, int at) {
    return sql.charAt(at) == '-' || sql.charAt(at) == '/';
  }

  /** {@code E'it\'s'}: the letter stands alone. */
  private static boolean hasEscapes(String sql, int quote) {
    return quote > 0 && (sql.charAt(quote - 1) == 'E' || sql.charAt(quote - 1) == 'e') && (quote == 1
        || !isNamePart(sql.charAt(quote - 2)));
  }

  private static int escaped(String sql, int from) {
    for (int at = from; at < sql.length(); at++) {
      if (sql.charAt(at) == '\\') {
        at++;
      } else if (sql.charAt(at) == '\'') {
        return at + 1;
      }
    }
    return sql.length();
  }

  /** {@code $tag$ ... $tag$}; a dollar inside a name, and {@code $1}, begin none. */
  private static int dollar(String sql, int at) {
    if (at > 0 && isNamePart(sql.charAt(at - 1))) {
      return at;
    }
    int end = at + 1;
    while (end < sql.length() && sql.charAt(end) != '$' && isNamePart(sql.charAt(end))
        && !(end == at + 1 && Character.isDigit(sql.charAt(end)))) {
      end++;
    }
    if (end >= sql.length() || sql.charAt(end) != '$') {
      return at;
    }
    return until(sql, sql.substring(at, end + 1), end + 1);
  }

  /** They nest. */
  private static int comment(String sql, int from) {
    int depth = 1;
    int at = from;
    while (at < sql.length() && depth > 0) {
      if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else {
        at++;
      }
    }
    return at;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private static int until(String sql, String end, int from) {
    int found = sql.indexOf(end, from);
    return found < 0 ? sql.length() : found + end.length();
  }
}
