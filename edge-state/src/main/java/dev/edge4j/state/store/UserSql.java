package dev.edge4j.state.store;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.sql.SqlScript;
import dev.edge4j.data.sql.SqlText;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What statements an object may run: those that stay inside its transaction, its file and its own tables. */
public final class UserSql {
  private static final Set<String> ALLOWED = Set.of("SELECT", "VALUES", "WITH", "INSERT", "REPLACE", "UPDATE", "DELETE",
      "CREATE", "ALTER", "DROP", "REINDEX", "ANALYZE");

  /** Some that only read are taken for writing, which costs a commit. */
  private static final Pattern WRITING = Pattern.compile("\\b(?:INSERT|UPDATE|DELETE|REPLACE)\\b",
      Pattern.CASE_INSENSITIVE);

  private UserSql() {}

  /** Refuses what is not for users with {@link IllegalArgumentException}. */
  static String checked(String sql) {
    String word = SqlText.firstWord(sql);
    if (!ALLOWED.contains(word)) {
      throw new IllegalArgumentException("statement: " + (word.isEmpty() ? sql.strip() : word)
          + " is not for objects, whose turn is the transaction and whose file is the database (expected: one of "
          + new TreeSet<>(ALLOWED) + ")");
    }
    if (sql.toLowerCase(Locale.ROOT).contains(Tables.OWN_PREFIX)) {
      throw new IllegalArgumentException("statement: names beginning with " + Tables.OWN_PREFIX
          + " are the runtime's own (expected: another name) in: " + sql.strip());
    }
    return sql;
  }

  static void check(Migrations tables) {
    tables.steps().forEach(step -> SqlScript.statements(step.script()).forEach(UserSql::checked));
  }

  /** Whether a statement may write. */
  public static boolean writes(String sql) {
    return switch (SqlText.firstWord(sql)) {
      case "SELECT", "VALUES" -> false;
      case "WITH" -> WRITING.matcher(sql).find();
      default -> true;
    };
  }
}
