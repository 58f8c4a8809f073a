package dev.edge4j.render.asset;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Finds what a script refers to (ECMA-262 sections 13.3.10 and 16.2): {@code import "..."}, {@code import x from "..."}, {@code export * from "..."},
 * {@code import("...")}, {@code new URL("...", import.meta.url)} and a trailing {@code sourceMappingURL}. Comments, templates, regular expressions and all other
 * strings are passed over. It reads tokens, not the grammar: whether a slash divides is told from the token before it, as lexers of module bundlers do, and a string ends with
 * its line, so that a wrong guess does not reach far. One pass, for one thread.
 */
final class ScriptReferences {
  private static final String MAP = "# sourceMappingURL=";
  private static final Set<String> BEFORE_EXPRESSIONS = Set.of("return", "typeof", "case", "in", "of", "delete", "void",
      "throw", "new", "else", "do", "instanceof", "yield", "await");

  private final String js;
  private final List<Span> found = new ArrayList<>();
  /** Depths of braces at which a template goes on. */
  private final Deque<Integer> templates = new ArrayDeque<>();
  /** The last three tokens: a word, or one character. */
  private final String[] last = {"", "", ""};
  private int depth;
  private int at;

  private ScriptReferences(String js) {
    this.js = js;
  }

  /** All references, in order. */
  static List<Span> in(String js) {
    var scan = new ScriptReferences(js);
    while (scan.at < js.length()) {
      scan.step();
    }
    return scan.found;
  }

  private void step() {
    char c = js.charAt(at);
    if (c <= ' ') {
      at++;
    } else if (js.startsWith("//", at) || js.startsWith("/*", at)) {
      comment();
    } else if (c == '"' || c == '\'') {
      string(c);
    } else if (c == '`') {
      at++;
      template();
    } else if (c == '/' && !isDivision()) {
      regex();
    } else if (Character.isJavaIdentifierPart(c) || c == '#') {
      word();
    } else {
      punctuation(c);
    }
  }

  private void comment() {
    boolean line = js.charAt(at + 1) == '/';
    int end = js.indexOf(line ? "\n" : "*/", at + 2);
    int stop = end < 0 ? js.length() : end;
    if (line && js.startsWith(MAP, at + 2)) {
      int start = at + 2 + MAP.length();
      found.add(new Span(start, start + js.substring(start, stop).strip().length()));
    }
    at = end < 0 ? js.length() : line ? end : end + 2;
  }

  private void string(char quote) {
    int start = at + 1;
    at = start;
    while (at < js.length() && js.charAt(at) != quote && js.charAt(at) != '\n') {
      at += js.charAt(at) == '\\' ? 2 : 1;
    }
    int end = Math.min(at, js.length());
    at = end + 1;
    if (isReference(end) && js.substring(start, end).indexOf('\\') < 0) {
      found.add(new Span(start, end));
    }
    token("\"");
  }

  private boolean isReference(int end) {
    boolean called = last[0].equals("(");
    boolean declared = (last[0].equals("from") || last[0].equals("import")) && !last[1].equals(".");
    boolean imported = called && last[1].equals("import") && !last[2].equals(".");
    return declared || imported || (called && last[1].equals("URL") && last[2].equals("new") && isOfModule(end + 1));
  }

  private boolean isOfModule(int from) {
    int start = Math.min(js.length(), from);
    return js.substring(start, Math.min(js.length(), start + 60))
        .matches("(?s)\\s*,\\s*import\\s*\\.\\s*meta\\s*\\.\\s*url\\b.*");
  }

  /** From behind a backquote or a closing brace to the end of the template or to its next value. */
  private void template() {
    while (at < js.length() && js.charAt(at) != '`') {
      if (js.startsWith("${", at)) {
        at += 2;
        templates.push(depth++);
        token("(");
        return;
      }
      at += js.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
    token("\"");
  }

  private boolean isDivision() {
    String before = last[0];
    boolean value = !before.isEmpty() && (before.equals(")") || before.equals("]") || before.equals("\"")
        || Character.isJavaIdentifierPart(before.charAt(0)));
    return value && !BEFORE_EXPRESSIONS.contains(before);
  }

  private void regex() {
    boolean inClass = false;
    at++;
    while (at < js.length() && js.charAt(at) != '\n' && (inClass || js.charAt(at) != '/')) {
      char c = js.charAt(at);
      inClass = c == '[' || (inClass && c != ']');
      at += c == '\\' ? 2 : 1;
    }
    at++;
    token("\"");
  }

  private void word() {
    int start = at;
    while (at < js.length() && (Character.isJavaIdentifierPart(js.charAt(at)) || js.charAt(at) == '#')) {
      at++;
    }
    token(js.substring(start, at));
  }

  private void punctuation(char c) {
    at++;
    if (c == '{') {
      depth++;
    } else if (c == '}') {
      depth = Math.max(0, depth - 1);
      if (Integer.valueOf(depth).equals(templates.peek())) {
        templates.pop();
        template();
        return;
      }
    }
    token(String.valueOf(c));
  }

  private void token(String token) {
    last[2] = last[1];
    last[1] = last[0];
    last[0] = token;
  }
}
