package dev.edge4j.data.replica;

import dev.edge4j.data.sql.SqlText;
import java.util.ArrayList;
import java.util.List;

/** A statement cut into words, numbers, parameters and signs; literals are signs, comments are left out. Pure. */
final class SqlTokens {
  enum Kind {
    WORD,
    NUMBER,
    PARAMETER,
    POINT,
    OTHER
  }

  /** One of them, a quoted name without its quotes. */
  record Token(Kind kind, String text) {}

  private SqlTokens() {}

  static List<Token> of(String sql) {
    var tokens = new ArrayList<Token>();
    for (int at = 0; at < sql.length();) {
      int end = SqlText.skip(sql, at);
      char c = sql.charAt(at);
      if (end > at) {
        if (c == '"' || c == '`') {
          tokens.add(new Token(Kind.WORD, sql.substring(at + 1, Math.max(at + 1, end - 1))));
        } else if (c == '\'') {
          tokens.add(new Token(Kind.OTHER, "''"));
        }
      } else {
        end = end(sql, at);
        if (!Character.isWhitespace(c)) {
          tokens.add(new Token(kind(c), sql.substring(at, end)));
        }
      }
      at = end;
    }
    return tokens;
  }

  private static Kind kind(char c) {
    return switch (c) {
      case '?' -> Kind.PARAMETER;
      case '.' -> Kind.POINT;
      default -> isDigit(c) ? Kind.NUMBER : Character.isJavaIdentifierStart(c) ? Kind.WORD : Kind.OTHER;
    };
  }

  private static int end(String sql, int begin) {
    char c = sql.charAt(begin);
    int at = begin + 1;
    if (isDigit(c)) {
      while (at < sql.length() && (isDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
        at++;
      }
    } else if (Character.isJavaIdentifierStart(c)) {
      while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
        at++;
      }
    } else if ("<>=!|".indexOf(c) >= 0) {
      while (at < sql.length() && "<>=|".indexOf(sql.charAt(at)) >= 0) {
        at++;
      }
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
