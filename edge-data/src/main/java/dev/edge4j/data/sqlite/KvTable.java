package dev.edge4j.data.sqlite;

import dev.edge4j.kv.KvArguments;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvPage;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The statements of {@link SqliteKv} on its two tables: the values, and one row with the last version that was given and the bytes that are held. The version is
 * counted up in the transaction of the write itself, so one that was seen is on disk, and stays taken when its value is gone. The bytes are counted by triggers, whoever
 * writes.
 *
 * <p>The value stands last, so that a look at the expiry does not read it; in a table of the form before versions came (key, expiry,
 * value) the new columns stand behind it, which costs a listing of large values some time and spares a copy of the whole table.
 */
final class KvTable {
  private static final long NEVER = KvArguments.NEVER;
  /** What a row costs beside what it holds, so that many small ones count too. */
  private static final int ROW_BYTES = 100;

  private final String name;
  private final String table;
  private final String versions;
  private final String get;
  private final String version;
  private final String put;
  private final String touch;
  private final String delete;
  private final String deleteIf;
  private final String list;
  private final String sweep;
  private final String next;
  private final String held;
  private final String evict;

  KvTable(String name) {
    this.name = name;
    this.table = Tables.quoted(name);
    this.versions = Tables.quoted(name + "_versions");
    this.get = "SELECT value, metadata, version, expires_at FROM " + table + " WHERE key = ? AND expires_at > ?";
    this.version = "SELECT version FROM " + table + " WHERE key = ? AND expires_at > ?";
    this.put = "INSERT INTO " + table + " (key, expires_at, version, metadata, value) VALUES (?, ?, ?, ?, ?)"
        + " ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at, version = excluded.version,"
        + " metadata = excluded.metadata, value = excluded.value";
    this.touch = "UPDATE " + table + " SET expires_at = ?, version = ? WHERE key = ?";
    this.delete = "DELETE FROM " + table + " WHERE key = ?";
    this.deleteIf = "DELETE FROM " + table + " WHERE key = ? AND version = ? AND expires_at > ?";
    this.list = "SELECT key, expires_at, metadata FROM " + table
        + " WHERE key >= ? AND key > ? AND key < ? AND expires_at > ? ORDER BY key LIMIT ?";
    this.sweep = "DELETE FROM " + table + " WHERE rowid IN (SELECT rowid FROM " + table + " WHERE expires_at < " + NEVER
        + " AND expires_at <= ? LIMIT ?)";
    this.held = "SELECT bytes FROM " + versions + " WHERE id = 1";
    this.evict = "DELETE FROM " + table + " WHERE rowid IN (SELECT rowid FROM " + table + " WHERE expires_at < " + NEVER
        + " AND key <> ? ORDER BY expires_at LIMIT 1)";
    this.next = "UPDATE " + versions + " SET last = last + ? WHERE id = 1 RETURNING last";
  }

  /** Makes the tables, or brings those of an older form up to this one: every value gets the version 1. */
  void create(SqlConnection connection, long firstVersion) throws SQLException {
    connection.execute("CREATE TABLE IF NOT EXISTS " + table + " (key BLOB PRIMARY KEY NOT NULL,"
        + " expires_at INTEGER NOT NULL, version INTEGER NOT NULL, metadata TEXT, value BLOB NOT NULL);"
        + " CREATE TABLE IF NOT EXISTS " + versions + " (id INTEGER PRIMARY KEY, last INTEGER NOT NULL)");
    addColumn(connection, name, "version", "INTEGER NOT NULL DEFAULT 1");
    addColumn(connection, name, "metadata", "TEXT");
    boolean uncounted = addColumn(connection, name + "_versions", "bytes", "INTEGER NOT NULL DEFAULT 0");
    connection.execute("CREATE INDEX IF NOT EXISTS " + Tables.quoted(name + "_expiry") + " ON " + table
        + " (expires_at) WHERE expires_at < " + NEVER);
    connection.update("INSERT INTO " + versions + " (id, last) VALUES (1, ?) ON CONFLICT (id) DO NOTHING",
        firstVersion);
    if (uncounted) {
      connection.update("UPDATE " + versions + " SET bytes = (SELECT coalesce(sum(" + size("") + "), 0) FROM " + table
          + ")");
    }
    count(connection, "put", "INSERT", size("new."));
    count(connection, "changed", "UPDATE OF value, metadata", size("new.") + " - (" + size("old.") + ")");
    count(connection, "deleted", "DELETE", "-(" + size("old.") + ")");
  }

  private void count(SqlConnection connection, String what, String event, String more) throws SQLException {
    connection.execute("CREATE TRIGGER IF NOT EXISTS " + Tables.quoted(name + "_" + what) + " AFTER " + event + " ON "
        + table + " BEGIN UPDATE " + versions + " SET bytes = bytes + " + more + " WHERE id = 1; END");
  }

  private static String size(String row) {
    return "length(" + row + "key) + length(" + row + "value) + length(CAST(coalesce(" + row
        + "metadata, '') AS BLOB)) + "
        + ROW_BYTES;
  }

  /** False if it was there. */
  private static boolean addColumn(SqlConnection connection, String name, String column, String type)
      throws SQLException {
    boolean there = connection.queryOne("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", row -> row.getInt(1), name,
        column).isPresent();
    if (!there) {
      connection.execute("ALTER TABLE " + Tables.quoted(name) + " ADD COLUMN " + column + " " + type);
    }
    return !there;
  }

  Optional<KvEntry> entry(SqlConnection connection, String key, long now) throws SQLException {
    return connection.queryOne(get, row -> new KvEntry(key, row.getBytes(1), text(row, 2), row.getLong(3),
        KvArguments.expiry(row.getLong(4))), bytes(key), now);
  }

  /** The version of a key, 0 if it is absent. */
  long version(SqlConnection connection, byte[] key, long now) throws SQLException {
    return connection.queryOne(version, row -> row.getLong(1), key, now).orElse(0L);
  }

  /** Takes as many versions as there are writes and gives the last of them. */
  long next(SqlConnection connection, int writes) throws SQLException {
    return connection.queryOne(next, row -> row.getLong(1), writes).orElseThrow();
  }

  void put(SqlConnection connection, byte[] key, byte[] value, Optional<String> metadata, long expiresAt, long version)
      throws SQLException {
    connection.update(put, key, expiresAt, version, metadata, value);
  }

  void touch(SqlConnection connection, byte[] key, long expiresAt, long version) throws SQLException {
    connection.update(touch, expiresAt, version, key);
  }

  boolean delete(SqlConnection connection, byte[] key) throws SQLException {
    return connection.update(delete, (Object) key) == 1;
  }

  boolean deleteIf(SqlConnection connection, byte[] key, long version, long now) throws SQLException {
    return connection.update(deleteIf, key, version, now) == 1;
  }

  List<KvPage.Item> list(SqlConnection connection, String prefix, String after, long now, int limit)
      throws SQLException {
    byte[] from = KvArguments.prefix(prefix);
    return connection.query(list, row -> new KvPage.Item(new String(row.getBytes(1), StandardCharsets.UTF_8),
        KvArguments
            .expiry(row.getLong(2)), text(row, 3)), from, KvArguments.prefix(after), KvArguments.behindPrefix(from),
        now,
        limit);
  }

  /** How many of at most {@code most} expired rows it took out. */
  long sweep(SqlConnection connection, long now, int most) throws SQLException {
    return connection.update(sweep, now, most);
  }

  /** How many bytes it holds. */
  long held(SqlConnection connection) throws SQLException {
    return connection.queryOne(held, row -> row.getLong(1)).orElseThrow();
  }

  /** Takes out what expires first, but not that one; false if nothing else expires. */
  boolean evict(SqlConnection connection, byte[] butFor) throws SQLException {
    return connection.update(evict, (Object) butFor) > 0;
  }

  private static Optional<String> text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
