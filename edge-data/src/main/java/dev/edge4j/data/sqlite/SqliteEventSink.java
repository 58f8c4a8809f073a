package dev.edge4j.data.sqlite;

import dev.edge4j.data.EventSink;
import dev.edge4j.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Events as rows of a table {@code (id, at, type, body)}: when it was written (milliseconds since 1970), the name of the record
 * (or a map's {@code "type"}, else {@code "map"}), and the event as JSON. Read them with SQL and {@code body ->> 'name'}. Each call is
 * one durable commit, all or none.
 */
public final class SqliteEventSink implements EventSink {
  private record Row(String type, String body) {}

  private final SqliteDatabase database;
  private final String insert;
  private final InstantSource clock;
  private final JsonCodec json = JsonCodec.jackson();

  private SqliteEventSink(SqliteDatabase database, String table, InstantSource clock) {
    this.database = database;
    this.insert = "INSERT INTO " + Tables.quoted(table) + " (at, type, body) VALUES (?, ?, ?)";
    this.clock = clock;
    database.write(connection -> {
      connection.execute("CREATE TABLE IF NOT EXISTS " + Tables.quoted(table)
          + " (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL)");
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
    var rows = new ArrayList<Row>(events.size()); // JSON is made here, not on the writer's thread
    for (Object event : events) {
      rows.add(new Row(type(event), new String(json.write(event), StandardCharsets.UTF_8)));
    }
    long now = clock.millis();
    database.write(connection -> {
      for (Row row : rows) {
        connection.update(insert, now, row.type, row.body);
      }
      return rows.size();
    });
  }

  @Override
  public String engine() {
    return "sqlite";
  }

  @Override
  public void close() {}

  private static String type(Object event) {
    return switch (event) {
      case Record named -> named.getClass().getSimpleName();
      case Map<?, ?> map -> map.get("type") instanceof String type ? type : "map";
      default -> throw new IllegalArgumentException("event: " + event.getClass().getName()
          + " (expected: a record or a map)");
    };
  }
}
