package dev.edge4j.data.sqlite;

import dev.edge4j.data.IdempotentSink;
import dev.edge4j.data.JsonEvent;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/**
 * Events as rows of a table {@code (id, at, type, body)}: when it was written (milliseconds since 1970), the name of the record
 * (or a map's {@code "type"}, else {@code "map"}), and the event as JSON. Read them with SQL and {@code body ->> 'name'}. Each call is
 * one durable commit, all or none. The tokens of the last 10,000 batches are kept in a second table, {@code NAME_batch}.
 */
public final class SqliteEventSink implements IdempotentSink {
  private static final int TOKENS_KEPT = 10_000;

  private final SqliteDatabase database;
  private final String insert;
  private final String remember;
  private final String forget;
  private final InstantSource clock;

  private SqliteEventSink(SqliteDatabase database, String table, InstantSource clock) {
    this.database = database;
    this.insert = "INSERT INTO " + Tables.quoted(table) + " (at, type, body) VALUES (?, ?, ?)";
    String tokens = Tables.quoted(table + "_batch");
    this.remember = "INSERT OR IGNORE INTO " + tokens + " (token) VALUES (?)";
    this.forget = "DELETE FROM " + tokens + " WHERE id <= last_insert_rowid() - " + TOKENS_KEPT;
    this.clock = clock;
    database.write(connection -> {
      connection.execute("CREATE TABLE IF NOT EXISTS " + Tables.quoted(table)
          + " (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL); CREATE TABLE IF NOT EXISTS "
          + tokens + " (id INTEGER PRIMARY KEY, token TEXT NOT NULL UNIQUE)");
      return table;
    });
  }

  /** A sink into a table of a database, made if need be; closing the sink leaves the database open. */
  public static SqliteEventSink on(SqliteDatabase database, String table) {
    return new SqliteEventSink(database, table, InstantSource.system());
  }

  /** A sink that reads time from {@code clock}. */
  public static SqliteEventSink on(SqliteDatabase database, String table, InstantSource clock) {
    return new SqliteEventSink(database, table, clock);
  }

  @Override
  public void appendAll(List<?> events) {
    List<JsonEvent> rows = events.stream().map(JsonEvent::of).toList(); // JSON is made here, not on the writer's thread
    long now = clock.millis();
    database.write(connection -> insert(connection, now, rows));
  }

  @Override
  public void appendOnce(String token, List<?> events) {
    List<JsonEvent> rows = events.stream().map(JsonEvent::of).toList();
    long now = clock.millis();
    database.write(connection -> {
      if (connection.update(remember, token) == 0) {
        return 0;
      }
      connection.update(forget);
      return insert(connection, now, rows);
    });
  }

  private int insert(SqlConnection connection, long now, List<JsonEvent> rows) throws SQLException {
    for (JsonEvent row : rows) {
      connection.update(insert, now, row.type(), row.json());
    }
    return rows.size();
  }

  @Override
  public String engine() {
    return "sqlite";
  }

  @Override
  public void close() {}
}
