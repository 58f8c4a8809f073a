package dev.edge4j.middleware.waf;

import java.util.function.BiConsumer;

/**
 * The names and the strings in a text of JSON, decoded, however it is broken or cut: a reader for finding, not for believing. A string is told with the name
 * before it, a name with itself. One pass. Pure.
 */
final class JsonStrings {
  private final String text;
  private final BiConsumer<String, String> found;
  private int at;
  private String name = "";

  private JsonStrings(String text, BiConsumer<String, String> found) {
    this.text = text;
    this.found = found;
  }

  /** Tells name and value of each string; a name is told as the value of itself. */
  static void in(String text, BiConsumer<String, String> found) {
    new JsonStrings(text, found).run();
  }

  private void run() {
    for (at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
      at++;
      String string = string();
      if (isName()) {
        name = string;
      }
      found.accept(name, string);
    }
  }

  /** To the closing quote or the end. */
  private String string() {
    int begin = at;
    int plain = begin;
    while (plain < text.length() && text.charAt(plain) != '"' && text.charAt(plain) != '\\') {
      plain++;
    }
    if (plain == text.length() || text.charAt(plain) == '"') {
      at = Math.min(text.length(), plain + 1);
      return text.substring(begin, plain);
    }
    var decoded = new StringBuilder().append(text, begin, plain);
    for (at = plain; at < text.length() && text.charAt(at) != '"'; at++) {
      decoded.append(text.charAt(at) == '\\' ? escape() : text.charAt(at));
    }
    at = Math.min(text.length(), at + 1);
    return decoded.toString();
  }

  private char escape() {
    at++;
    if (at >= text.length()) {
      return '\\';
    }
    return switch (text.charAt(at)) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unit();
      default -> text.charAt(at);
    };
  }

  private char unit() {
    int value = 0;
    for (int i = 1; i <= 4; i++) {
      int digit = at + i < text.length() ? Character.digit(text.charAt(at + i), 16) : -1;
      if (digit < 0) {
        return 'u';
      }
      value = value << 4 | digit;
    }
    at += 4;
    return (char) value;
  }

  private boolean isName() {
    int next = at;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next < text.length() && text.charAt(next) == ':';
  }
}
