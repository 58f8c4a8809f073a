package dev.edge4j.state.store;

import dev.edge4j.data.sqlite.SqlConnection;
import dev.edge4j.state.ObjectId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tables that hold objects, how a commit is written into them and how they are read. The same in a shard and in an object's own file, where
 * their names have a prefix, as the user's tables are beside them.
 */
final class Tables {
  /** What no table of a user may be named like. */
  static final String OWN_PREFIX = "edge4j_";

  static final Tables SHARED = new Tables("");
  static final Tables OWN = new Tables(OWN_PREFIX);

  /** Each table is one b-tree in the order it is read in; times are milliseconds since 1970. */
  private static final String SCHEMA = """
      CREATE TABLE @object (
        namespace TEXT NOT NULL, object TEXT NOT NULL, class_version INTEGER NOT NULL, created INTEGER NOT NULL,
        PRIMARY KEY (namespace, object)) STRICT, WITHOUT ROWID;
      CREATE TABLE @entry (
        namespace TEXT NOT NULL, object TEXT NOT NULL, kind INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
        PRIMARY KEY (namespace, object, kind, key)) STRICT, WITHOUT ROWID;
      CREATE INDEX @entry_socket ON @entry (namespace, object, key) WHERE kind = 1;
      CREATE TABLE @alarm (
        namespace TEXT NOT NULL, object TEXT NOT NULL, name TEXT NOT NULL, due INTEGER NOT NULL,
        planned INTEGER NOT NULL, failed INTEGER NOT NULL, schedule TEXT NOT NULL, retry TEXT NOT NULL, payload BLOB,
        PRIMARY KEY (namespace, object, name)) STRICT, WITHOUT ROWID;
      CREATE INDEX @alarm_due ON @alarm (due);
      CREATE TABLE @attribute (
        namespace TEXT NOT NULL, object TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY (namespace, object, name)) STRICT, WITHOUT ROWID;
      CREATE INDEX @attribute_value ON @attribute (namespace, name, value, object);
      CREATE TABLE @reply (
        namespace TEXT NOT NULL, object TEXT NOT NULL, request TEXT NOT NULL, fingerprint TEXT NOT NULL,
        json BLOB NOT NULL,
        expires INTEGER NOT NULL,
        PRIMARY KEY (namespace, object, request)) STRICT, WITHOUT ROWID;
      CREATE INDEX @reply_expires ON @reply (expires);
      CREATE TABLE @message (
        number INTEGER PRIMARY KEY AUTOINCREMENT, namespace TEXT NOT NULL, object TEXT NOT NULL, to_namespace TEXT,
        to_object TEXT, what TEXT NOT NULL, id TEXT NOT NULL, payload BLOB NOT NULL, retry TEXT NOT NULL,
        failed INTEGER NOT NULL, due INTEGER NOT NULL) STRICT;
      CREATE INDEX @message_due ON @message (due);
      CREATE INDEX @message_id ON @message (id);
      CREATE INDEX @message_order ON @message (namespace, object, to_namespace, to_object, number);
      CREATE TABLE @dead_letter (
        number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, namespace TEXT NOT NULL, object TEXT NOT NULL,
        to_namespace TEXT, to_object TEXT, what TEXT NOT NULL, id TEXT NOT NULL, payload BLOB, schedule TEXT,
        retry TEXT NOT NULL, error TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
      CREATE INDEX @dead_letter_id ON @dead_letter (id);
      """;

  private final String prefix;
  private final MessageTable messages;

  private Tables(String prefix) {
    this.prefix = prefix;
    this.messages = new MessageTable(this);
  }

  /** A statement in which {@code @} stands before the name of each table. */
  String sql(String text) {
    return text.replace("@", prefix);
  }

  String schema() {
    return sql(SCHEMA);
  }

  MessageTable messages() {
    return messages;
  }

  /** Writes all of a commit; the caller's transaction makes it one. */
  void write(SqlConnection c, Commit commit) throws SQLException {
    String namespace = commit.id().namespace();
    String object = commit.id().name();
    for (Map.Entry<Slot, Optional<byte[]>> change : commit.slots().entrySet()) {
      writeSlot(c, namespace, object, change.getKey(), change.getValue());
    }
    writeRow(c, namespace, object, commit.row(), commit.at());
    for (Map.Entry<String, Optional<AlarmRow>> change : commit.alarms().entrySet()) {
      writeAlarm(c, namespace, object, change.getKey(), change.getValue());
    }
    for (Map.Entry<String, Optional<String>> change : commit.attributes().entrySet()) {
      writeAttribute(c, namespace, object, change.getKey(), change.getValue());
    }
    if (commit.reply().isPresent()) {
      StoredReply reply = commit.reply().get();
      c.update(sql("INSERT OR REPLACE INTO @reply VALUES (?, ?, ?, ?, ?, ?)"), namespace, object, reply.request(),
          reply.fingerprint(), reply.json(), reply.expires());
    }
    for (MessageRow message : commit.messages()) {
      messages.add(c, message);
    }
    for (DeadAlarm dead : commit.dead()) {
      messages.bury(c, commit.id(), dead);
    }
  }

  private void writeSlot(SqlConnection c, String namespace, String object, Slot slot, Optional<byte[]> value)
      throws SQLException {
    if (value.isPresent()) {
      c.update(sql("INSERT OR REPLACE INTO @entry VALUES (?, ?, ?, ?, ?)"), namespace, object, slot.kind().number(),
          slot.key(), value.get());
    } else {
      c.update(sql("DELETE FROM @entry WHERE namespace = ? AND object = ? AND kind = ? AND key = ?"), namespace, object,
          slot.kind().number(), slot.key());
    }
  }

  private void writeRow(SqlConnection c, String namespace, String object, Commit.Row row, Instant now)
      throws SQLException {
    switch (row) {
      case Commit.Row.Kept _ -> {
      }
      case Commit.Row.Written written -> c.update(sql("""
          INSERT INTO @object VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET class_version = excluded.class_version"""), namespace, object,
          written.classVersion(), now);
      case Commit.Row.Dropped _ -> c.update(sql("DELETE FROM @object WHERE namespace = ? AND object = ?"), namespace,
          object);
    }
  }

  private void writeAlarm(SqlConnection c, String namespace, String object, String name,
      Optional<AlarmRow> alarm) throws SQLException {
    if (alarm.isPresent()) {
      AlarmRow row = alarm.get();
      c.update(sql("INSERT OR REPLACE INTO @alarm VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"), namespace, object, name, row
          .due(),
          row.planned(), row.failed(), Columns.text(row.schedule()), Columns.text(row.retry()), row.payload());
    } else {
      c.update(sql("DELETE FROM @alarm WHERE namespace = ? AND object = ? AND name = ?"), namespace, object, name);
    }
  }

  private void writeAttribute(SqlConnection c, String namespace, String object, String name,
      Optional<String> value) throws SQLException {
    if (value.isPresent()) {
      c.update(sql("INSERT OR REPLACE INTO @attribute VALUES (?, ?, ?, ?)"), namespace, object, name, value.get());
    } else {
      c.update(sql("DELETE FROM @attribute WHERE namespace = ? AND object = ? AND name = ?"), namespace, object, name);
    }
  }

  /** Takes away all that a user has made in an own file: the scripts make it anew. */
  static boolean dropUsers(SqlConnection c) throws SQLException {
    c.execute("PRAGMA defer_foreign_keys = ON"); // until the last of them is gone
    c.execute("DELETE FROM edge4j_migrations");
    for (String kind : List.of("view", "table")) {
      for (String name : c.query("""
          SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'edge4j\\_%' ESCAPE '\\'
            AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC""",
          row -> row.getString(1), kind)) {
        c.execute("DROP " + kind + " IF EXISTS \"" + name.replace("\"", "\"\"") + "\"");
      }
    }
    return true;
  }

  Optional<ObjectStore.Known> known(SqlConnection c, ObjectId id) throws SQLException {
    return c.queryOne(sql("SELECT class_version, created FROM @object WHERE namespace = ? AND object = ?"),
        row -> new ObjectStore.Known(row.getInt(1), Columns.instant(row, 2)), id.namespace(), id.name());
  }

  Optional<byte[]> read(SqlConnection c, ObjectId id, Slot slot) throws SQLException {
    return c.queryOne(sql("SELECT value FROM @entry WHERE namespace = ? AND object = ? AND kind = ? AND key = ?"),
        row -> row.getBytes(1), id.namespace(), id.name(), slot.kind().number(), slot.key());
  }

  Map<String, String> attributes(SqlConnection c, ObjectId id) throws SQLException {
    var attributes = new TreeMap<String, String>();
    c.query(sql("SELECT name, value FROM @attribute WHERE namespace = ? AND object = ?"),
        row -> attributes.put(row.getString(1), row.getString(2)) == null, id.namespace(), id.name());
    return attributes;
  }

  Optional<StoredReply> reply(SqlConnection c, ObjectId id, String request, Instant now) throws SQLException {
    return c.queryOne(sql("""
        SELECT fingerprint, json, expires FROM @reply
        WHERE namespace = ? AND object = ? AND request = ? AND expires > ?"""),
        row -> new StoredReply(request, row.getString(1), row.getBytes(2), Columns.instant(row, 3)),
        id.namespace(), id.name(), request, now);
  }

  List<String> names(SqlConnection c, String namespace, String after, int limit) throws SQLException {
    return c.query(sql("SELECT object FROM @object WHERE namespace = ? AND object > ? ORDER BY object LIMIT ?"),
        row -> row.getString(1), namespace, after, limit);
  }

  List<String> find(SqlConnection c, String namespace, String attribute, String value, String after, int limit)
      throws SQLException {
    return c.query(sql("""
        SELECT object FROM @attribute WHERE namespace = ? AND name = ? AND value = ? AND object > ?
        ORDER BY object LIMIT ?"""), row -> row.getString(1), namespace, attribute, value, after, limit);
  }
}
