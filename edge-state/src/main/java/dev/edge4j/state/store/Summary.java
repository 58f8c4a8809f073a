package dev.edge4j.state.store;

import dev.edge4j.data.sqlite.SqlConnection;
import dev.edge4j.state.ObjectId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What others want to know of an object that has a file of its own.
 *
 * @param alarm when the next of its alarms is due
 * @param message when the next of its messages is due that has none before it
 * @param dead the numbers of its dead letters in its file
 */
record Summary(Optional<ObjectStore.Known> known, Map<String, String> attributes, Optional<Instant> alarm,
    Optional<Instant> message, List<Long> dead) {
  static final Summary NOTHING = new Summary(Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), List.of());

  static Summary read(SqlConnection c, ObjectId id) throws SQLException {
    Tables tables = Tables.OWN;
    return new Summary(tables.known(c, id), tables.attributes(c, id),
        time(c, tables.sql("SELECT min(due) FROM @alarm")), time(c, tables.sql("""
            SELECT min(due) FROM @message m WHERE to_namespace IS NULL OR NOT EXISTS (
              SELECT 1 FROM @message b WHERE b.to_namespace IS m.to_namespace AND b.to_object IS m.to_object
                AND b.number < m.number)""")),
        c.query(tables.sql("SELECT number FROM @dead_letter"), row -> row.getLong(1)));
  }

  /** The time in the only column of the only row, if it is not NULL. */
  static Optional<Instant> time(SqlConnection c, String sql, Object... arguments) throws SQLException {
    return c.query(sql, row -> row.getObject(1) instanceof Number ms ? Optional.of(Instant.ofEpochMilli(ms.longValue()))
        : Optional.<Instant>empty(), arguments).stream().flatMap(Optional::stream).findFirst();
  }
}
