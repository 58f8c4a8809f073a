package dev.edge4j.render.asset;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds what a style sheet refers to (CSS Syntax Level 3, CSS Images Level 4): {@code url(...)} with and without quotes, {@code @import "..."}, and the texts
 * of {@code image-set(...)}. Comments and other strings are passed over; a reference with an escape in it is left alone. One pass, for one thread.
 */
public final class CssReferences {
  private final String css;
  private final List<Span> found = new ArrayList<>();
  /** For each open parenthesis, whether strings in it are references. */
  private final Deque<Boolean> open = new ArrayDeque<>();
  private boolean importing;
  private int at;

  private CssReferences(String css) {
    this.css = css;
  }

  /** The references of a style sheet as they stand in it, in order. */
  public static List<String> texts(String css) {
    return in(css).stream().map(span -> css.substring(span.start(), span.end())).toList();
  }

  /** Where all references stand, in order. */
  static List<Span> in(String css) {
    var scan = new CssReferences(css);
    while (scan.at < css.length()) {
      scan.step();
    }
    return scan.found;
  }

  private void step() {
    char c = css.charAt(at);
    if (css.startsWith("/*", at)) {
      int end = css.indexOf("*/", at + 2);
      at = end < 0 ? css.length() : end + 2;
    } else if (c == '"' || c == '\'') {
      string(importing || Boolean.TRUE.equals(open.peek()));
      importing = false;
    } else if (isWord("url(")) {
      at += "url(".length();
      url();
      importing = false;
    } else if (isWord("@import")) {
      at += "@import".length();
      importing = true;
    } else {
      parenthesis(c);
      at++;
    }
  }

  private void parenthesis(char c) {
    switch (c) {
      case '(' -> open.push(css.regionMatches(true, at - "image-set".length(), "image-set", 0, "image-set".length()));
      case ')' -> open.poll();
      case ';' -> importing = false;
      default -> {
        // Nothing begins here.
      }
    }
  }

  /** At a word that does not go on a longer one: {@code my-url(} is another function. */
  private boolean isWord(String word) {
    return css.regionMatches(true, at, word, 0, word.length()) && (at == 0 || !isName(css.charAt(at - 1)));
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '\\';
  }

  private void url() {
    while (at < css.length() && css.charAt(at) <= ' ') {
      at++;
    }
    if (at < css.length() && (css.charAt(at) == '"' || css.charAt(at) == '\'')) {
      string(true);
      open.push(false); // the parenthesis of url( is closed like any other
      return;
    }
    int start = at;
    while (at < css.length() && css.charAt(at) != ')' && css.charAt(at) > ' ') {
      at += css.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at, css.length());
    add(start, at);
    open.push(false);
  }

  /** From its quote to behind its end; a string ends with its line at the latest. */
  private void string(boolean reference) {
    char quote = css.charAt(at);
    int start = ++at;
    while (at < css.length() && css.charAt(at) != quote && css.charAt(at) != '\n') {
      at += css.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at, css.length());
    if (reference) {
      add(start, at);
    }
    at++;
  }

  private void add(int start, int end) {
    if (end > start && css.substring(start, end).indexOf('\\') < 0) {
      found.add(new Span(start, end));
    }
  }
}
