package dev.edge4j.render.html;

import dev.edge4j.render.output.Output;
import dev.edge4j.render.output.Replacements;

/**
 * The first segment behind the root of a URL: a slash in it, one that a value in front ended with, and one behind an empty segment would make another host of
 * what follows.
 *
 * @param table what else is percent-encoded
 */
record BehindRoot(Replacements table) implements Escaper {
  private static final String BLANKS = " \t\r\n";

  @Override
  public void text(String value, Output out) {
    leaveOneSlash(out);
    if (value.isEmpty()) {
      out.write('.'); // a segment that means the folder itself, so that no two slashes meet
    } else if (value.charAt(0) == '/') {
      out.text("%2F");
      out.escaped(value.substring(1), table);
    } else {
      out.escaped(value, table);
    }
  }

  @Override
  public void absent(Output out) {
    text("", out);
  }

  /** Takes one out of two that the URL begins with. */
  private static void leaveOneSlash(Output out) {
    int second = before(out, out.length());
    int first = before(out, second);
    int begin = before(out, first);
    if (is(out, second, '/') && is(out, first, '/') && (begin < 0 || "\"',".indexOf(out.array()[begin]) >= 0)) {
      out.truncate(second);
    }
  }

  /** The index of the last byte in front of one that is not blank, or -1. */
  private static int before(Output out, int index) {
    int i = index - 1;
    while (i >= 0 && BLANKS.indexOf(out.array()[i]) >= 0) {
      i--;
    }
    return i;
  }

  private static boolean is(Output out, int index, char c) {
    return index >= 0 && out.array()[index] == c;
  }
}
