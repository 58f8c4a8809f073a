package dev.edge4j.data.sqlite;

import dev.edge4j.data.RowChange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each commit changes in the tables that are watched: triggers note it in a table in the transaction that makes the change, and the
 * writer takes it out before it commits, so that a change is told if and only if it happened. SQLite's own update hook would not do:
 * it knows no keys but rowids, and is silent for tables without them and for a DELETE of all rows.
 *
 * <p>Table and triggers are TEMP ones of the writer's connection, which all changes go through: nothing of them is in the file, in its
 * log or in a backup, nothing is left behind, and a rollback takes the notes with it. Confined to the writer's thread, except where
 * said otherwise.
 */
final class ChangeLog {
  /** With more changes than these in one commit, it is the whole table that has changed. */
  private static final int MOST = 10_000;

  private static final String TABLE = """
      CREATE TEMP TABLE IF NOT EXISTS _edge_changes
        (seq INTEGER PRIMARY KEY, tbl TEXT NOT NULL, op TEXT NOT NULL, key TEXT NOT NULL)""";
  private static final String CHANGES = "SELECT tbl, op, key FROM temp._edge_changes ORDER BY seq LIMIT " + MOST
      + " + 1";
  private static final String CHANGED = "SELECT DISTINCT tbl FROM temp._edge_changes ORDER BY tbl";
  private static final String TRIM = "DELETE FROM temp._edge_changes";
  private static final String TRIGGERS = "SELECT count(*) FROM sqlite_temp_schema"
      + " WHERE type = 'trigger' AND tbl_name = ? AND name LIKE '\\_edge\\_changes\\_%' ESCAPE '\\'";

  private static final Map<String, RowChange.Kind> KINDS = Map.of("I", RowChange.Kind.INSERTED, "U",
      RowChange.Kind.UPDATED, "D", RowChange.Kind.DELETED);

  private final ChangeListeners listeners;
  private final Set<String> logged = new HashSet<>();
  private boolean suspect;

  ChangeLog(ChangeListeners listeners) {
    this.listeners = listeners;
  }

  /** Begins to note the changes of a table that there is; no matter if it does so already. */
  void log(SqlConnection connection, String table) throws SQLException {
    connection.execute(TABLE);
    if (logged.add(table) || !hasTriggers(connection, table)) {
      makeTriggers(connection, table);
    }
  }

  /** Ends it, unless somebody listens again. */
  void drop(SqlConnection connection, String table) throws SQLException {
    if (logged.contains(table) && !listeners.wants(table)) {
      logged.remove(table);
      dropTriggers(connection, table);
    }
  }

  /** What the transaction that is about to be committed has changed. */
  List<RowChange> take(SqlConnection connection) throws SQLException {
    if (logged.isEmpty()) {
      return List.of();
    }
    var changes = new ArrayList<RowChange>();
    if (suspect || connection.hasChangedSchema()) {
      suspect = false;
      changes.addAll(repair(connection));
    }
    List<RowChange> noted = connection.query(CHANGES, row -> new RowChange(row.getString(1),
        KINDS.getOrDefault(row.getString(2), RowChange.Kind.ALL), row.getString(3)));
    if (noted.size() > MOST) {
      noted = connection.query(CHANGED, row -> RowChange.all(row.getString(1)));
    }
    if (!noted.isEmpty()) {
      connection.update(TRIM);
      changes.addAll(noted);
    }
    return changes;
  }

  /** After a rollback: it may have taken triggers with it. */
  void suspect() {
    suspect = true;
  }

  /** After the commit, from when on readers see it. */
  void tell(List<RowChange> changes) {
    if (!changes.isEmpty()) {
      listeners.tell(changes);
    }
  }

  /** Who drops a table drops its triggers, and a table of the same name is made without them. */
  private List<RowChange> repair(SqlConnection connection) throws SQLException {
    connection.execute(TABLE);
    var changes = new ArrayList<RowChange>();
    for (String table : logged) {
      if (!hasTriggers(connection, table)) {
        if (Schema.tables(connection).contains(table)) {
          makeTriggers(connection, table);
        }
        changes.add(RowChange.all(table));
      }
    }
    return changes;
  }

  private static boolean hasTriggers(SqlConnection connection, String table) throws SQLException {
    return connection.queryOne(TRIGGERS, row -> row.getInt(1), table).orElse(0) == 4;
  }

  private static void makeTriggers(SqlConnection connection, String table) throws SQLException {
    List<String> key = Schema.keyOf(connection, table);
    String before = text("old", key);
    String after = text("new", key);
    String differs = " WHEN " + before + " IS NOT " + after;
    dropTriggers(connection, table);
    make(connection, table, "insert", "INSERT", "", note("I", table, after));
    make(connection, table, "delete", "DELETE", "", note("D", table, before));
    make(connection, table, "update", "UPDATE", " WHEN " + before + " IS " + after, note("U", table, after));
    make(connection, table, "rename", "UPDATE", differs, note("D", table, before) + "; " + note("I", table, after));
  }

  private static void make(SqlConnection connection, String table, String name, String event, String when, String body)
      throws SQLException {
    connection.execute("CREATE TEMP TRIGGER " + trigger(table, name) + " AFTER " + event + " ON main."
        + Tables.quoted(table) + when + " BEGIN " + body + "; END");
  }

  private static void dropTriggers(SqlConnection connection, String table) throws SQLException {
    for (String name : List.of("insert", "delete", "update", "rename")) {
      connection.execute("DROP TRIGGER IF EXISTS temp." + trigger(table, name));
    }
  }

  private static String trigger(String table, String name) {
    return "\"_edge_changes_" + name + "_" + table + '"';
  }

  private static String note(String op, String table, String key) {
    return "INSERT INTO _edge_changes (tbl, op, key) VALUES ('" + table + "', '" + op + "', " + key + ")";
  }

  /** The key as text, its parts with tabs between; bytes as hexadecimal digits. */
  private static String text(String row, List<String> key) {
    var text = new StringBuilder();
    for (String column : key) {
      String value = row + ".\"" + column.replace("\"", "\"\"") + '"';
      text.append(text.isEmpty() ? "" : " || char(9) || ")
          .append("CASE typeof(" + value + ") WHEN 'blob' THEN hex(" + value + ") ELSE ifnull(CAST(" + value
              + " AS TEXT), '') END");
    }
    return text.isEmpty() ? "''" : "(" + text + ")";
  }
}
