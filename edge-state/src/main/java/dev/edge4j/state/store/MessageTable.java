package dev.edge4j.state.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.data.sqlite.SqlConnection;
import dev.edge4j.state.DeadLetter;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.store.ObjectStore.Queued;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages of one file that wait, and what was given up. */
final class MessageTable {
  private static final String COLUMNS = "SELECT number, namespace, object, to_namespace, to_object, what, id, payload, retry,"
      + " failed, due FROM @message m ";
  /** Messages whose turn it is: none before them goes the same way. */
  private static final String MESSAGES = COLUMNS + """
      WHERE due <= ? AND number > ? AND to_namespace IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM @message b WHERE b.namespace = m.namespace AND b.object = m.object
          AND b.to_namespace = m.to_namespace AND b.to_object = m.to_object AND b.number < m.number)
      ORDER BY number LIMIT ?""";
  private static final String EFFECTS = COLUMNS
      + "WHERE due <= ? AND number > ? AND to_namespace IS NULL ORDER BY number LIMIT ?";

  private final Tables tables;

  MessageTable(Tables tables) {
    this.tables = tables;
  }

  void add(SqlConnection c, MessageRow message) throws SQLException {
    c.update(sql("""
        INSERT INTO @message (namespace, object, to_namespace, to_object, what, id, payload, retry, failed, due)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""), message.from().namespace(), message.from().name(),
        message.to().map(ObjectId::namespace), message.to().map(ObjectId::name), message.what(), message.id(),
        message.payload(), Columns.text(message.retry()), message.failed(), message.due());
  }

  List<Queued> due(SqlConnection c, int shard, boolean effects, Instant now, long after, int limit)
      throws SQLException {
    return c.query(sql(effects ? EFFECTS : MESSAGES), row -> queued(row, shard), now, after, limit);
  }

  Optional<Queued> front(SqlConnection c, Queued queued) throws SQLException {
    MessageRow message = queued.message();
    if (message.to().isEmpty()) {
      return c.queryOne(sql(COLUMNS + "WHERE number = ?"), row -> queued(row, queued.shard()), queued.number());
    }
    ObjectId to = message.to().get();
    return c.queryOne(sql(COLUMNS + """
        WHERE namespace = ? AND object = ? AND to_namespace = ? AND to_object = ? ORDER BY number LIMIT 1"""),
        row -> queued(row, queued.shard()), message.from().namespace(), message.from().name(), to.namespace(), to
            .name());
  }

  /** Those of some ids that are queued still, or given up and kept. */
  Set<String> kept(SqlConnection c, Collection<String> ids) throws SQLException {
    var kept = new HashSet<String>();
    for (String id : ids) {
      if (!c.query(sql("SELECT 1 FROM @message WHERE id = ? UNION ALL SELECT 1 FROM @dead_letter WHERE id = ?"),
          row -> row.getInt(1), id, id).isEmpty()) {
        kept.add(id);
      }
    }
    return kept;
  }

  private static Queued queued(ResultSet row, int shard) throws SQLException {
    return new Queued(shard, row.getLong(1), new MessageRow(new ObjectId(row.getString(2), row.getString(3)),
        to(row.getString(4), row.getString(5)), row.getString(6), row.getString(7), row.getBytes(8),
        Columns.retry(row.getString(9)), row.getInt(10), Columns.instant(row, 11)));
  }

  long remove(SqlConnection c, long number) throws SQLException {
    return c.update(sql("DELETE FROM @message WHERE number = ?"), number);
  }

  long postpone(SqlConnection c, long number, Instant due) throws SQLException {
    return c.update(sql("UPDATE @message SET failed = failed + 1, due = ? WHERE number = ?"), due, number);
  }

  long bury(SqlConnection c, long number, String error, Instant now) throws SQLException {
    c.update(sql("""
        INSERT INTO @dead_letter (kind, namespace, object, to_namespace, to_object, what, id, payload, retry, error, at)
        SELECT CASE WHEN to_namespace IS NULL THEN 'EFFECT' ELSE 'MESSAGE' END, namespace, object, to_namespace,
          to_object, what, id, payload, retry, ?, ? FROM @message WHERE number = ?"""), error, now, number);
    return remove(c, number);
  }

  void bury(SqlConnection c, ObjectId id, DeadAlarm dead) throws SQLException {
    AlarmRow alarm = dead.alarm();
    c.update(sql("""
        INSERT INTO @dead_letter (kind, namespace, object, what, id, payload, schedule, retry, error, at)
        VALUES ('ALARM', ?, ?, ?, '', ?, ?, ?, ?, ?)"""), id.namespace(), id.name(), alarm.name(), alarm.payload(),
        Columns.text(alarm.schedule()), Columns.text(alarm.retry()), dead.error(), dead.at());
  }

  List<DeadLetter> deadLetters(SqlConnection c, int shard, int shards, int limit) throws SQLException {
    return c.query(sql("""
        SELECT number, kind, namespace, object, to_namespace, to_object, what, payload, error, at FROM @dead_letter
        ORDER BY number LIMIT ?"""), row -> deadLetter(row, shard, shards), limit);
  }

  Optional<ObjectStore.DueAlarm> deadAlarm(SqlConnection c, long number, Instant due) throws SQLException {
    return c.queryOne(sql("""
        SELECT namespace, object, what, schedule, retry, payload FROM @dead_letter
        WHERE number = ? AND kind = 'ALARM'"""), row -> new ObjectStore.DueAlarm(new ObjectId(row.getString(1), row
        .getString(2)), new AlarmRow(row.getString(3), due, due, 0, Columns.schedule(row.getString(4)), Columns
            .retry(row.getString(5)), Columns.bytes(row, 6))), number);
  }

  Optional<DeadLetter> take(SqlConnection c, int shard, int shards, long number, boolean again, Instant now)
      throws SQLException {
    Optional<DeadLetter> letter = c.queryOne(sql("""
        SELECT number, kind, namespace, object, to_namespace, to_object, what, payload, error, at FROM @dead_letter
        WHERE number = ?"""), row -> deadLetter(row, shard, shards), number);
    if (letter.isPresent() && again && letter.get().kind() != DeadLetter.Kind.ALARM) {
      c.update(sql("""
          INSERT INTO @message (namespace, object, to_namespace, to_object, what, id, payload, retry, failed, due)
          SELECT namespace, object, to_namespace, to_object, what, id, payload, retry, 0, ? FROM @dead_letter
          WHERE number = ?"""), now, number);
    }
    c.update(sql("DELETE FROM @dead_letter WHERE number = ?"), number);
    return letter;
  }

  private static DeadLetter deadLetter(ResultSet row, int shard, int shards) throws SQLException {
    var kind = DeadLetter.Kind.valueOf(row.getString(2));
    String what = kind == DeadLetter.Kind.MESSAGE
        ? row.getString(5) + "/" + row.getString(6) + "." + row.getString(7)
        : row.getString(7);
    String payload = new String(Columns.bytes(row, 8).orElse(new byte[0]), UTF_8);
    return new DeadLetter(row.getLong(1) * shards + shard, kind, new ObjectId(row.getString(3), row.getString(4)),
        what, payload, row.getString(9), Columns.instant(row, 10));
  }

  private static Optional<ObjectId> to(@Nullable String namespace, @Nullable String object) {
    return namespace == null || object == null ? Optional.empty() : Optional.of(new ObjectId(namespace, object));
  }

  private String sql(String text) {
    return tables.sql(text);
  }
}
