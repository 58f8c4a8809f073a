package dev.edge4j.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Quoted strings within field values (RFC 9110 section 5.6.4). */
final class Quoted {
  private Quoted() {}

  /** The pieces between separators, but for those that stand inside quotation marks; at least one piece. */
  static String[] split(String text, char separator) {
    List<String> pieces = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        pieces.add(text.substring(start, i));
        start = i + 1;
      }
    }
    pieces.add(text.substring(start));
    return pieces.toArray(new String[0]);
  }

  /** True if every quotation mark that opens is closed. */
  static boolean isBalanced(String text) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      }
    }
    return !quoted;
  }

  /** What a token or a quoted string says; empty if it is neither. */
  static Optional<String> value(String text) {
    if (Tokens.isToken(text)) {
      return Optional.of(text);
    }
    int last = text.length() - 1;
    if (last < 1 || text.charAt(0) != '"' || text.charAt(last) != '"') {
      return Optional.empty();
    }
    var value = new StringBuilder();
    for (int i = 1; i < last; i++) {
      char c = text.charAt(i);
      if (c == '"' || (c == '\\' && ++i == last)) {
        return Optional.empty();
      }
      value.append(text.charAt(i));
    }
    return Optional.of(value.toString());
  }

  /** The value as a token if it is one, else in quotation marks. */
  static String quote(String value) {
    return Tokens.isToken(value) ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
