package dev.edge4j.data.sqlite;

import dev.edge4j.kv.KvStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keys and values in a table of a SQLite file. A put is on disk when it returns. Keys are kept as bytes of UTF-8, so their order is
 * the order of bytes. What has expired is not shown, and swept out by later puts: at most once a minute, a thousand rows at a time.
 */
public final class SqliteKv implements KvStore {
  private static final long SWEEP_EVERY_MILLIS = 60_000;
  private static final long NEVER = Long.MAX_VALUE;

  private final SqliteDatabase database;
  private final boolean owner;
  private final InstantSource clock;
  private final Sql sql;
  private final AtomicLong nextSweep = new AtomicLong();

  /** The statements, with the table's name in them. The value stands last, so that a look at the expiry does not read it. */
  private record Sql(String create, String get, String put, String putIfAbsent, String delete, String list,
      String sweep) {
    static Sql forTable(String name) {
      String t = Tables.quoted(name);
      return new Sql("CREATE TABLE IF NOT EXISTS " + t
          + " (key BLOB PRIMARY KEY NOT NULL, expires_at INTEGER NOT NULL, value BLOB NOT NULL); CREATE INDEX IF NOT EXISTS "
          + Tables.quoted(name + "_expiry") + " ON " + t + " (expires_at) WHERE expires_at < " + NEVER,
          "SELECT value FROM " + t + " WHERE key = ? AND expires_at > ?",
          "INSERT INTO " + t + " (key, expires_at, value) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE"
              + " SET expires_at = excluded.expires_at, value = excluded.value",
          "INSERT INTO " + t + " (key, expires_at, value) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE"
              + " SET expires_at = excluded.expires_at, value = excluded.value WHERE expires_at <= ?",
          "DELETE FROM " + t + " WHERE key = ?",
          "SELECT key FROM " + t + " WHERE key >= ? AND key > ? AND key < ? AND expires_at > ? ORDER BY key LIMIT ?",
          "DELETE FROM " + t + " WHERE rowid IN (SELECT rowid FROM " + t + " WHERE expires_at < " + NEVER
              + " AND expires_at <= ? LIMIT 1000)");
    }
  }

  private SqliteKv(SqliteDatabase database, String table, InstantSource clock, boolean owner) {
    this.database = database;
    this.owner = owner;
    this.clock = clock;
    this.sql = Sql.forTable(table);
    database.write(connection -> {
      connection.execute(sql.create);
      return table;
    });
  }

  /** A store in a file of its own; {@link #close} closes it. */
  public static SqliteKv open(Path file) {
    return new SqliteKv(SqliteDatabase.open(file), "kv", InstantSource.system(), true);
  }

  /** A store in a table of a database that others use too; {@link #close} leaves it open. */
  public static SqliteKv on(SqliteDatabase database, String table) {
    return on(database, table, InstantSource.system());
  }

  /** A store that reads time from {@code clock}. */
  public static SqliteKv on(SqliteDatabase database, String table, InstantSource clock) {
    return new SqliteKv(database, table, clock, false);
  }

  @Override
  public Optional<byte[]> get(String key) {
    byte[] bytes = key(key);
    return database.read(c -> c.queryOne(sql.get, row -> row.getBytes(1), bytes, clock.millis()));
  }

  @Override
  public void put(String key, byte[] value) {
    store(key(key), value(value), NEVER);
  }

  @Override
  public void put(String key, byte[] value, Duration ttl) {
    store(key(key), value(value), expiry(ttl));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    byte[] bytes = key(key);
    byte[] copy = value(value);
    long expiry = expiry(ttl);
    return database.<Boolean>write(c -> {
      sweep(c);
      return c.update(sql.putIfAbsent, bytes, expiry, copy, clock.millis()) == 1;
    });
  }

  @Override
  public void delete(String key) {
    byte[] bytes = key(key);
    database.write(c -> c.update(sql.delete, (Object) bytes));
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: zero or more)");
    }
    byte[] from = prefix.getBytes(StandardCharsets.UTF_8);
    byte[] behind = after.getBytes(StandardCharsets.UTF_8);
    return database.read(c -> c.query(sql.list, row -> new String(row.getBytes(1), StandardCharsets.UTF_8), from,
        behind,
        end(from), clock.millis(), limit));
  }

  @Override
  public void close() {
    if (owner) {
      database.close();
    }
  }

  private void store(byte[] key, byte[] value, long expiry) {
    database.write(c -> {
      sweep(c);
      return c.update(sql.put, key, expiry, value);
    });
  }

  /** Runs on the writer's thread. While there is more to sweep, the next put goes on. */
  private void sweep(SqlConnection connection) throws SQLException {
    long now = clock.millis();
    if (now >= nextSweep.get() && connection.update(sql.sweep, now) < 1_000) {
      nextSweep.set(now + SWEEP_EVERY_MILLIS);
    }
  }

  /** The first key behind all that begin with the prefix. No UTF-8 has a byte FF. */
  private static byte[] end(byte[] prefix) {
    byte[] end = Arrays.copyOf(prefix, prefix.length + 1);
    end[prefix.length] = (byte) 0xff;
    return end;
  }

  private long expiry(Duration ttl) {
    if (!ttl.isPositive()) {
      throw new IllegalArgumentException("ttl: " + ttl + " (expected: a positive duration)");
    }
    return clock.millis() + ttl.toMillis();
  }

  private static byte[] key(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException("key of " + bytes.length + " bytes (expected: 1 to " + MAX_KEY_BYTES + ")");
    }
    if (!new String(bytes, StandardCharsets.UTF_8).equals(key)) { // half a surrogate pair would become a question mark
      throw new IllegalArgumentException("key with half a surrogate pair (expected: text that has a UTF-8 form)");
    }
    return bytes;
  }

  /** A copy: the caller may change the array while the write waits. */
  private static byte[] value(byte[] value) {
    if (value.length > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("value of " + value.length + " bytes (expected: at most " + MAX_VALUE_BYTES
          + ")");
    }
    return value.clone();
  }
}
