package dev.edge4j.state.store;

import dev.edge4j.data.sqlite.SqlConnection;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.store.ObjectStore.DueAlarm;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alarms of one file. */
final class AlarmTable {
  private static final String DUE = "SELECT namespace, object, name, due, planned, failed, schedule, retry, payload"
      + " FROM @alarm WHERE due <= ? ";
  /** The order of the index on {@code due}, which ends in the table's key. */
  private static final String IN_ORDER = "ORDER BY due, namespace, object, name LIMIT ?";

  private AlarmTable() {}

  static List<AlarmRow> all(Tables tables, SqlConnection c, ObjectId id) throws SQLException {
    return c.query(tables.sql("""
        SELECT name, due, planned, failed, schedule, retry, payload FROM @alarm
        WHERE namespace = ? AND object = ?"""), row -> Columns.alarm(row, 1), id.namespace(), id.name());
  }

  static List<AlarmRow> due(Tables tables, SqlConnection c, ObjectId id, Instant now, int limit) throws SQLException {
    return c.query(tables.sql("""
        SELECT name, due, planned, failed, schedule, retry, payload FROM @alarm
        WHERE namespace = ? AND object = ? AND due <= ? ORDER BY due, name LIMIT ?"""), row -> Columns.alarm(row, 1),
        id.namespace(), id.name(), now, limit);
  }

  static List<DueAlarm> due(Tables tables, SqlConnection c, Instant now, @Nullable DueAlarm after, int limit)
      throws SQLException {
    if (after == null) {
      return c.query(tables.sql(DUE + IN_ORDER), row -> new DueAlarm(new ObjectId(row.getString(1), row.getString(2)),
          Columns
              .alarm(row, 3)), now, limit);
    }
    return c.query(tables.sql(DUE + "AND (due, namespace, object, name) > (?, ?, ?, ?) " + IN_ORDER),
        row -> new DueAlarm(
            new ObjectId(row.getString(1), row.getString(2)), Columns.alarm(row, 3)), now, after.alarm().due(), after
                .id()
                .namespace(), after.id().name(), after.alarm().name(), limit);
  }
}
