package dev.edge4j.routing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells of an expression that none of its characters can be a slash, so that its value ends with its segment. Looks at the parts
 * of the text one by one; whatever it does not know might be one.
 */
final class SlashCheck {
  /** A set in square brackets, an escape, or one character. */
  private static final Pattern PART = Pattern.compile("\\[(\\^?(?:[^\\\\\\[\\]]|\\\\.)+)]|\\\\(.)|(.)", Pattern.DOTALL);

  private SlashCheck() {}

  static boolean mayHoldSlash(String expression) {
    Matcher parts = PART.matcher(expression);
    while (parts.find()) {
      boolean may;
      if (parts.group(1) != null) {
        may = CharacterSet.ofBrackets(parts.group(1)).map(set -> set.contains('/')).orElse(true);
      } else if (parts.group(2) != null) {
        char escaped = parts.group(2).charAt(0);
        may = escaped == '/' || (Character.isLetterOrDigit(escaped) && "dwbB".indexOf(escaped) < 0);
      } else {
        may = ".[/".contains(parts.group(3));
      }
      if (may) {
        return true;
      }
    }
    return false;
  }
}
