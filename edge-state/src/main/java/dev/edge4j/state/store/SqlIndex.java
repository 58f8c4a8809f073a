package dev.edge4j.state.store;

import dev.edge4j.data.sqlite.SqlConnection;
import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.state.ObjectId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must be found without opening the files of all objects: who exists, by which attributes, and whose alarms and messages are due when. A copy;
 * the truth is in the objects' files.
 *
 * <p>Two files are not written at once, so the order of writing keeps two promises, those of the alarm manager of workerd. What is due is never later
 * here than there: an earlier time is written {@link #before} the object's commit, a later one after it, in {@link #settle}; who wakes too early only
 * reads again. And what may differ is marked before, until it is settled: the marks that a crash leaves say what is to be read anew.
 */
final class SqlIndex implements AutoCloseable {
  private static final String SCHEMA = """
      CREATE TABLE IF NOT EXISTS object (
        namespace TEXT NOT NULL, object TEXT NOT NULL, class_version INTEGER NOT NULL, created INTEGER NOT NULL,
        PRIMARY KEY (namespace, object)) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS attribute (
        namespace TEXT NOT NULL, object TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY (namespace, object, name)) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS attribute_value ON attribute (namespace, name, value, object);
      CREATE TABLE IF NOT EXISTS schedule (
        namespace TEXT NOT NULL, object TEXT NOT NULL, alarm INTEGER, message INTEGER, unsettled INTEGER NOT NULL,
        PRIMARY KEY (namespace, object)) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS schedule_alarm ON schedule (alarm) WHERE alarm IS NOT NULL;
      CREATE INDEX IF NOT EXISTS schedule_message ON schedule (message) WHERE message IS NOT NULL;
      CREATE INDEX IF NOT EXISTS schedule_unsettled ON schedule (unsettled) WHERE unsettled = 1;
      CREATE TABLE IF NOT EXISTS dead_letter (
        number INTEGER PRIMARY KEY AUTOINCREMENT, namespace TEXT NOT NULL, object TEXT NOT NULL,
        in_file INTEGER NOT NULL, UNIQUE (namespace, object, in_file)) STRICT;
      """;

  /** A dead letter: its number here, and in the file of its object. */
  record Dead(long number, ObjectId id, long inFile) {}

  private final SqliteDatabase database;

  private SqlIndex(SqliteDatabase database) {
    this.database = database;
  }

  static SqlIndex open(Path path) {
    var index = new SqlIndex(SqliteDatabase.open(path));
    index.database.write(c -> {
      c.execute(SCHEMA);
      return true;
    });
    return index;
  }

  /** Before a commit: what it makes due is due from now on, and what is written here of the object counts for nothing after a crash. */
  void before(ObjectId id, Optional<Instant> alarm, Optional<Instant> message) {
    database.write(c -> c.update("""
        INSERT INTO schedule VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET
          alarm = min(ifnull(alarm, excluded.alarm), ifnull(excluded.alarm, alarm)),
          message = min(ifnull(message, excluded.message), ifnull(excluded.message, message)), unsettled = 1""",
        id.namespace(), id.name(), alarm, message));
  }

  /** After a commit: all that is in the object's file. */
  void settle(ObjectId id, Summary summary) {
    database.write(c -> {
      write(c, id, summary);
      return true;
    });
  }

  private static void write(SqlConnection c, ObjectId id, Summary summary) throws SQLException {
    String namespace = id.namespace();
    String object = id.name();
    c.update("DELETE FROM object WHERE namespace = ? AND object = ?", namespace, object);
    c.update("DELETE FROM attribute WHERE namespace = ? AND object = ?", namespace, object);
    c.update("DELETE FROM schedule WHERE namespace = ? AND object = ?", namespace, object);
    if (summary.known().isPresent()) {
      ObjectStore.Known known = summary.known().get();
      c.update("INSERT INTO object VALUES (?, ?, ?, ?)", namespace, object, known.classVersion(), known.created());
    }
    for (Map.Entry<String, String> attribute : summary.attributes().entrySet()) {
      c.update("INSERT INTO attribute VALUES (?, ?, ?, ?)", namespace, object, attribute.getKey(),
          attribute.getValue());
    }
    if (summary.alarm().isPresent() || summary.message().isPresent()) {
      c.update("INSERT INTO schedule VALUES (?, ?, ?, ?, 0)", namespace, object, summary.alarm(), summary.message());
    }
    List<Long> there = c.query("SELECT in_file FROM dead_letter WHERE namespace = ? AND object = ?",
        row -> row.getLong(1), namespace, object);
    for (long inFile : summary.dead()) {
      c.update("INSERT OR IGNORE INTO dead_letter (namespace, object, in_file) VALUES (?, ?, ?)", namespace, object,
          inFile);
    }
    for (long gone : there) {
      if (!summary.dead().contains(gone)) {
        c.update("DELETE FROM dead_letter WHERE namespace = ? AND object = ? AND in_file = ?", namespace, object, gone);
      }
    }
  }

  /** Whether what is here of an object may be wrong. */
  boolean isUnsettled(ObjectId id) {
    return database.read(c -> c.queryOne(
        "SELECT 1 FROM schedule WHERE namespace = ? AND object = ? AND unsettled = 1", row -> row.getInt(1),
        id.namespace(), id.name())).isPresent();
  }

  List<ObjectId> unsettled() {
    return database.readLong(c -> c.query("SELECT namespace, object FROM schedule WHERE unsettled = 1",
        row -> new ObjectId(row.getString(1), row.getString(2))));
  }

  /** When an alarm of an object is due, as far as is known here. */
  Optional<Instant> alarm(ObjectId id) {
    return database.read(c -> Summary.time(c, "SELECT alarm FROM schedule WHERE namespace = ? AND object = ?",
        id.namespace(), id.name()));
  }

  List<ObjectId> alarmsDue(Instant now, int limit) {
    return database.readLong(c -> c.query(
        "SELECT namespace, object FROM schedule WHERE alarm <= ? ORDER BY alarm LIMIT ?",
        row -> new ObjectId(row.getString(1), row.getString(2)), now, limit));
  }

  List<ObjectId> messagesDue(Instant now, int limit) {
    return database.readLong(c -> c.query(
        "SELECT namespace, object FROM schedule WHERE message <= ? ORDER BY message LIMIT ?",
        row -> new ObjectId(row.getString(1), row.getString(2)), now, limit));
  }

  Optional<Instant> nextAlarm(Instant now) {
    return database.read(c -> Summary.time(c, "SELECT min(alarm) FROM schedule WHERE alarm > ?", now));
  }

  Optional<Instant> nextMessage(Instant now) {
    return database.read(c -> Summary.time(c, "SELECT min(message) FROM schedule WHERE message > ?", now));
  }

  List<Dead> dead(int limit) {
    return database.readLong(c -> c.query(
        "SELECT number, namespace, object, in_file FROM dead_letter ORDER BY number LIMIT ?",
        row -> new Dead(row.getLong(1), new ObjectId(row.getString(2), row.getString(3)), row.getLong(4)), limit));
  }

  Optional<Dead> dead(long number) {
    return database.read(c -> c.queryOne(
        "SELECT number, namespace, object, in_file FROM dead_letter WHERE number = ?",
        row -> new Dead(row.getLong(1), new ObjectId(row.getString(2), row.getString(3)), row.getLong(4)), number));
  }

  List<String> names(String namespace, String after, int limit) {
    return database.readLong(c -> Tables.SHARED.names(c, namespace, after, limit));
  }

  List<String> find(String namespace, String attribute, String value, String after, int limit) {
    return database.readLong(c -> Tables.SHARED.find(c, namespace, attribute, value, after, limit));
  }

  @Override
  public void close() {
    database.close();
  }
}
