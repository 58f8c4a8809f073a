package dev.edge4j.data.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a script into statements. A semicolon ends a statement, except inside CREATE TRIGGER, which ends with a semicolon, END
 * and another semicolon: the rule of {@code sqlite3_complete()}.
 */
public final class SqlScript {
  private static final Pattern TRIGGER = Pattern.compile("\\s*+CREATE\\s++(?:TEMP\\s++|TEMPORARY\\s++)?TRIGGER\\b",
      Pattern.CASE_INSENSITIVE);
  private static final Pattern TRIGGER_END = Pattern.compile(";\\s*END\\s*\\z", Pattern.CASE_INSENSITIVE);

  private SqlScript() {}

  /** The statements in order, without their semicolons; what is only blanks and comments is left out. */
  public static List<String> statements(String script) {
    var statements = new ArrayList<String>();
    int begin = 0;
    var code = new StringBuilder(); // of the current statement, its literals and comments cut out
    for (int at = 0; at < script.length();) {
      int end = SqlText.skip(script, at);
      if (end > at) {
        code.append(isComment(script, at) ? ' ' : 'x');
        at = end;
        continue;
      }
      if (script.charAt(at) == ';' && isComplete(code)) {
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

  private static boolean isComplete(StringBuilder code) {
    return !TRIGGER.matcher(code).lookingAt() || TRIGGER_END.matcher(code).find();
  }

  private static boolean isComment(String script, int at) {
    return script.charAt(at) == '-' || script.charAt(at) == '/';
  }
}
