package dev.edge4j.data.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The triggers that tell what a statement changed. They fire once for each statement, not for each row, so that one that changes a
 * million rows sends one notification: of the keys if they are few and fit, of the whole table if not. A notification leaves with the
 * commit and carries the transaction's id.
 */
final class ChangeTriggers {
  static final String CHANNEL = "edge4j_changes";
  /** Keys told one by one; past it the whole table is. */
  private static final int MOST_KEYS = 100;
  /** A payload must be shorter than 8,000 bytes (manual, NOTIFY). */
  private static final int MOST_BYTES = 7_900;

  /** A table: its name, and its key as text, as an expression over a row {@code r}; empty if it has none. */
  record Table(long oid, String name, List<String> keyColumns) {}

  private static final String FUNCTION = """
      CREATE OR REPLACE FUNCTION edge4j_tell_changes() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
      AS $function$
      DECLARE
        changes json;
        payload text;
      BEGIN
        -- TG_ARGV: the key of a row r as an expression, and how many rows are told one by one
        IF TG_OP = 'INSERT' THEN
          EXECUTE format('SELECT json_agg(json_build_array(''I'', %1$s)) FROM (SELECT * FROM edge4j_new LIMIT %2$s + 1) r',
            TG_ARGV[0], TG_ARGV[1]) INTO changes;
        ELSIF TG_OP = 'DELETE' THEN
          EXECUTE format('SELECT json_agg(json_build_array(''D'', %1$s)) FROM (SELECT * FROM edge4j_old LIMIT %2$s + 1) r',
            TG_ARGV[0], TG_ARGV[1]) INTO changes;
        ELSIF TG_OP = 'UPDATE' THEN
          EXECUTE format('SELECT json_agg(c) FROM ((SELECT json_build_array(''D'', k) AS c
              FROM (SELECT %1$s AS k FROM edge4j_old r EXCEPT SELECT %1$s FROM edge4j_new r) AS gone LIMIT %2$s + 1)
            UNION ALL (SELECT json_build_array(''U'', %1$s) FROM edge4j_new r LIMIT %2$s + 1)) AS told',
            TG_ARGV[0], TG_ARGV[1]) INTO changes;
        ELSE
          changes := '[["A", ""]]';
        END IF;
        IF changes IS NULL THEN
          RETURN NULL; -- no row was touched
        END IF;
        payload := json_build_array(pg_current_xact_id()::text, TG_RELID::text, changes)::text;
        IF json_array_length(changes) > TG_ARGV[1]::integer OR octet_length(payload) > %d THEN
          payload := json_build_array(pg_current_xact_id()::text, TG_RELID::text, '[["A", ""]]'::json)::text;
        END IF;
        PERFORM pg_notify('%s', payload);
        RETURN NULL;
      END
      $function$
      """.replace("%d", String.valueOf(MOST_BYTES)).replace("'%s', payload", "'" + CHANNEL + "', payload");

  private static final String TABLE = """
      SELECT c.oid, c.relname, coalesce((SELECT string_agg(a.attname, chr(9) ORDER BY k.place)
          FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place), pg_attribute a
          WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.number
            AND k.place <= i.indnkeyatts), '') AS key
      FROM pg_class c
      WHERE c.oid = coalesce(to_regclass(quote_ident(?)), to_regclass(quote_ident(?))) AND c.relkind IN ('r', 'p')""";

  private ChangeTriggers() {}

  /** A table by its name, as given or in lower case. */
  static Optional<Table> find(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
      statement.setString(1, name);
      statement.setString(2, Names.folded("table", name));
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        String key = row.getString("key");
        return Optional.of(new Table(row.getLong("oid"), row.getString("relname"),
            key.isEmpty() ? List.of() : List.of(key.split("\t", -1))));
      }
    }
  }

  /** Makes those that are missing; a table that has all is not locked. */
  static void create(Connection connection, List<Table> tables) throws SQLException {
    var bare = new ArrayList<Table>();
    for (Table table : tables) {
      if (count(connection, table) < 4) {
        bare.add(table);
      }
    }
    if (bare.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      // CREATE TRIGGER waits for those who write, and those who come then wait for it: not for long.
      statement.execute("SET LOCAL lock_timeout = '3s'");
      SessionLock.takeForTransaction(connection, SessionLock.SCHEMA);
      statement.execute(FUNCTION);
      for (Table table : bare) {
        create(statement, table);
      }
    }
  }

  private static void create(Statement statement, Table table) throws SQLException {
    String on = " ON " + identifier(table.name);
    String run = " FOR EACH STATEMENT EXECUTE FUNCTION edge4j_tell_changes(" + literal(key(table)) + ", "
        + (table.keyColumns.isEmpty() ? 1 : MOST_KEYS) + ")";
    statement.execute("CREATE OR REPLACE TRIGGER edge4j_inserted AFTER INSERT" + on
        + " REFERENCING NEW TABLE AS edge4j_new" + run);
    statement.execute("CREATE OR REPLACE TRIGGER edge4j_updated AFTER UPDATE" + on
        + " REFERENCING OLD TABLE AS edge4j_old NEW TABLE AS edge4j_new" + run);
    statement.execute("CREATE OR REPLACE TRIGGER edge4j_deleted AFTER DELETE" + on
        + " REFERENCING OLD TABLE AS edge4j_old" + run);
    statement.execute("CREATE OR REPLACE TRIGGER edge4j_truncated AFTER TRUNCATE" + on + run);
  }

  private static int count(Connection connection, Table table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM pg_trigger WHERE tgrelid = ?"
        + " AND tgenabled <> 'D' AND tgname IN ('edge4j_inserted', 'edge4j_updated', 'edge4j_deleted',"
        + " 'edge4j_truncated')")) {
      statement.setLong(1, table.oid);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  private static String key(Table table) {
    return table.keyColumns.isEmpty() ? "''"
        : "concat_ws(E'\\t', " + String.join(", ", table.keyColumns.stream().map(c -> "r." + identifier(c)).toList())
            + ")";
  }

  /** From the catalog, so it may be any name. */
  private static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String literal(String text) {
    return " E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
