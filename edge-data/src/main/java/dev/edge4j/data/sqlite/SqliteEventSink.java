package dev.edge4j.data.sqlite;

import dev.edge4j.data.IdempotentSink;
import dev.edge4j.data.JsonEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events as rows of a table {@code (id, at, type, body)}: when it was written (milliseconds since 1970), the name of the record
 * (or a map's {@code "type"}, else {@code "map"}), and the event as JSON. Read them with SQL and {@code body ->> 'name'}. Each call is
 * one durable commit, all or none. The tokens of the last 10,000 batches are kept in a second table, {@code NAME_batch}. Events are
 * kept for ever unless {@link #keeping} says for how long.
 */
public final class SqliteEventSink implements IdempotentSink {
  private static final int TOKENS_KEPT = 10_000;
  private static final long SWEEP_EVERY_MILLIS = 60_000;
  private static final int SWEEP_ROWS = 1_000;

  private final SqliteDatabase database;
  private final String table;
  private final String insert;
  private final String remember;
  private final String forget;
  private final String sweep;
  private final InstantSource clock;
  private final Optional<Duration> kept;
  private final AtomicLong nextSweep = new AtomicLong();

  private SqliteEventSink(SqliteDatabase database, String table, InstantSource clock, Optional<Duration> kept) {
    this.database = database;
    this.table = table;
    this.kept = kept;
    this.insert = "INSERT INTO " + Tables.quoted(table) + " (at, type, body) VALUES (?, ?, ?)";
    String tokens = Tables.quoted(table + "_batch");
    this.remember = "INSERT OR IGNORE INTO " + tokens + " (token) VALUES (?)";
    this.forget = "DELETE FROM " + tokens + " WHERE id <= last_insert_rowid() - " + TOKENS_KEPT;
    // Ids are in the order of time: a look at the first of them needs no index, and no scan where nothing is old.
    this.sweep = "DELETE FROM " + Tables.quoted(table) + " WHERE id IN (SELECT id FROM (SELECT id, at FROM " + Tables
        .quoted(table) + " ORDER BY id LIMIT " + SWEEP_ROWS + ") WHERE at < ?)";
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
    return new SqliteEventSink(database, table, InstantSource.system(), Optional.empty());
  }

  /** A sink that reads time from {@code clock}. */
  public static SqliteEventSink on(SqliteDatabase database, String table, InstantSource clock) {
    return new SqliteEventSink(database, table, clock, Optional.empty());
  }

  /**
   * The same sink, which keeps events for that time and takes out older ones while it appends: once a minute, and a thousand rows with each call while there are more. The file does
   * not become smaller by that; its room is used again.
   */
  public SqliteEventSink keeping(Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException("keeping: " + time + " (expected: more than zero)");
    }
    return new SqliteEventSink(database, table, clock, Optional.of(time));
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

  /** Runs on the writer's thread. While there is more to sweep, the next append goes on. */
  private int insert(SqlConnection connection, long now, List<JsonEvent> rows) throws SQLException {
    for (JsonEvent row : rows) {
      connection.update(insert, now, row.type(), row.json());
    }
    if (kept.isPresent() && now >= nextSweep.get() && connection.update(sweep, now - kept.get()
        .toMillis()) < SWEEP_ROWS) {
      nextSweep.set(now + SWEEP_EVERY_MILLIS);
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
