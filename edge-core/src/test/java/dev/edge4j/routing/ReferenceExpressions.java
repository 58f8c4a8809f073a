package dev.edge4j.routing;

import java.util.regex.Pattern;

/**
 * Tells the expressions that the reference, which has java.util.regex alone, may be asked about: those that RE2 reads alike, and those
 * that RE2 refuses, because they hold look-around, back references, possessive or atomic groups.
 */
final class ReferenceExpressions {
  private static final String SET = "\\[\\^?(?:[a-zA-Z0-9/.{}_](?:-[a-zA-Z0-9])?)+-?]";
  private static final String SIGN = "[a-zA-Z0-9/.:,_-]|\\\\[1-9dwDW.{}\\[\\]*+?/:()|\\\\-]|" + SET;
  private static final String TIMES = "(?:[*+?][?+]?|\\{[0-9]{1,2}(?:,[0-9]{0,2})?}\\??)?";
  private static final String OPEN = "\\(\\?(?:[:=!>]|<[=!])|[(|^$]";
  private static final Pattern KNOWN = Pattern.compile("(?:" + OPEN + "|(?:" + SIGN + "|\\))" + TIMES + ")+");
  private static final Pattern BROKEN = Pattern.compile("[+*?].*|[a-z]*\\[[a-z]*|[a-z]*\\\\");

  private ReferenceExpressions() {}

  /** Whether both engines certainly read this alike, be it as a mistake, or one of them does not read it at all. */
  static boolean areKnown(String expression) {
    return KNOWN.matcher(expression).matches() || BROKEN.matcher(expression).matches();
  }
}
