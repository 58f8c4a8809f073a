package dev.edge4j.routing;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Patterns of random signs and pieces, most of them odd, many of them malformed. */
final class ReferenceScribbles {
  private static final List<String> PIECES = List.of("/", "/", "/", "/", ":", "a", "b", "1", "{", "}", "?", "*", "\\",
      "-", "_", ".", "[", "]", "/:x", "/:y", ":x", ":y", ":z", "/:x?", "{.+}", "{a/b}", "{[0-9]+}", "{[}{]+}",
      "{a{2}}", "{\\}}", "{}", "{+}", "{(}", "{a)|(b}", "{(?=a)a}", "{(a)\\1}", "{a++}", "{a**}", "{(?!b)[a-z]}",
      "{(?:a|b)*}", "/*",
      "/*x", "*y", "/:y{", "\\:", "\\*", "\\{", "\\?", "\\-", "\\\\", ".json", "post-id", "é", ":é");
  private static final Pattern EXPRESSION = Pattern.compile(":[\\p{L}_][\\p{L}\\p{Nd}_-]*\\{");

  private ReferenceScribbles() {}

  static String scribble(Random random) {
    String scribble = random.ints(1 + random.nextInt(7), 0, PIECES.size())
        .mapToObj(PIECES::get)
        .collect(Collectors
            .joining());
    return random.nextInt(4) == 0 ? scribble : "/" + scribble;
  }

  /** A path that a scribble may match: what is left of it without the signs that mean something. */
  static String path(String scribble) {
    return scribble.replaceAll("\\{[^}]*}|(?<!\\\\)[:?*]", "").replaceAll("\\\\(.)", "$1");
  }

  /** Whether it has what may be an expression of which the engines think differently. */
  static boolean isUnclear(String pattern) {
    var expression = EXPRESSION.matcher(pattern);
    while (expression.find()) {
      int end = ReferenceReader.closing(pattern.substring(expression.end() - 1));
      String text = pattern.substring(expression.end(), end < 0 ? pattern.length() : expression.end() + end - 1);
      if (end >= 0 && !text.isEmpty() && !ReferenceExpressions.areKnown(text)) {
        return true;
      }
    }
    return false;
  }
}
