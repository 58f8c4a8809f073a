package dev.edge4j.data.postgres;

import dev.edge4j.data.sql.NamedSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Statements as pgjdbc wants them. Bounded: what comes past the bound is parsed anew. Safe for use by many threads. */
final class Statements {
  private static final int KEPT = 2_048;
  /** They begin and end transactions. */
  private static final Set<String> CONTROL = Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT",
      "RELEASE", "PREPARE");
  /** What they do on a connection of a pool reaches its next user too. */
  private static final Set<String> SESSION = Set.of("SET", "RESET", "DISCARD", "LISTEN", "UNLISTEN");
  private static final Set<String> LOCAL = Set.of("LOCAL", "CONSTRAINTS", "TRANSACTION");

  private final ConcurrentHashMap<String, NamedSql> known = new ConcurrentHashMap<>();

  /** Throws {@link IllegalArgumentException} for what is not one statement, or would change the session. */
  NamedSql of(String sql) {
    NamedSql statement = known.get(sql);
    if (statement == null) {
      statement = parse(sql);
      if (known.size() < KEPT) {
        known.putIfAbsent(sql, statement);
      }
    }
    return statement;
  }

  private static NamedSql parse(String sql) {
    List<String> statements = PostgresText.statements(sql);
    if (statements.size() != 1) {
      throw new IllegalArgumentException(statements.size() + " statements (expected: one): " + sql.strip());
    }
    refuse(sql);
    return named(statements.getFirst());
  }

  private static void refuse(String sql) {
    refuseControl(sql);
    List<String> words = firstWords(sql);
    if (SESSION.contains(words.getFirst()) && !(words.getFirst().equals("SET") && LOCAL.contains(words.getLast()))) {
      throw new IllegalArgumentException("the session belongs to all users of the store (expected: SET LOCAL in a"
          + " transaction): " + sql.strip());
    }
  }

  /** Throws {@link IllegalArgumentException} for a statement that begins or ends a transaction. */
  static void refuseControl(String sql) {
    if (CONTROL.contains(firstWords(sql).getFirst())) {
      throw new IllegalArgumentException("transactions are begun and ended by the store itself: " + sql.strip());
    }
  }

  /** With {@code ?} in place of {@code :name}, and {@code ??} for an operator that is a question mark. */
  private static NamedSql named(String sql) {
    var positional = new StringBuilder(sql.length());
    var names = new ArrayList<String>();
    for (int at = 0; at < sql.length();) {
      int end = PostgresText.skip(sql, at);
      if (end > at) {
        positional.append(sql, at, end);
      } else if (sql.startsWith("::", at)) {
        end = at + 2;
        positional.append("::");
      } else if (sql.charAt(at) == ':' && nameEnd(sql, at + 1) > at + 1) {
        end = nameEnd(sql, at + 1);
        names.add(sql.substring(at + 1, end));
        positional.append('?');
      } else {
        end = at + 1;
        positional.append(sql.charAt(at) == '?' ? "??" : String.valueOf(sql.charAt(at)));
      }
      at = end;
    }
    return new NamedSql(positional.toString(), names);
  }

  private static int nameEnd(String sql, int from) {
    int end = from;
    while (end < sql.length() && (end == from ? Character.isJavaIdentifierStart(sql.charAt(end))
        : Character.isJavaIdentifierPart(sql.charAt(end)))) {
      end++;
    }
    return end;
  }

  /** Two words in upper case, empty where there are none. */
  private static List<String> firstWords(String sql) {
    var words = new ArrayList<String>();
    for (int at = 0; at < sql.length() && words.size() < 2;) {
      int end = at;
      while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
        end++;
      }
      if (end > at) {
        words.add(sql.substring(at, end).toUpperCase(Locale.ROOT));
      } else {
        end = Character.isWhitespace(sql.charAt(at)) ? at + 1 : PostgresText.skip(sql, at);
        if (end == at) {
          break;
        }
      }
      at = end;
    }
    while (words.size() < 2) {
      words.add("");
    }
    return words;
  }
}
