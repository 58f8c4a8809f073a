package dev.edge4j.data.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.kv.KvArguments;
import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvCursor;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import dev.edge4j.kv.VersionedKv;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Keys and values in a table of PostgreSQL, for all processes that share it. A write is committed when it returns, a {@link #putAll}
 * whole. Keys are kept as bytes of UTF-8, so their order is the order of bytes. The server's clock counts, so the processes need not
 * agree on the time.
 *
 * <p>What has expired or was deleted is absent at once; its row stays for ten minutes, and goes by later puts: at most once a minute
 * and process, a thousand rows at a time. Watchers hear of the writes of all processes by NOTIFY, on one connection for each store that
 * is watched. The server commits transactions that notify one after the other, so a store of keys and values is for thousands of
 * writes a second, not for tens of thousands.
 *
 * <p>The table and its sequence are made by the first call, which must be allowed to, unless they are there.
 */
public final class PostgresKv implements VersionedKv {
  private static final int LONGEST_NAME = 40;

  private final PostgresDatabase database;
  private final boolean owner;
  private final KvRelation relation;
  private final KvSql sql;
  private final Optional<InstantSource> clock;

  private PostgresKv(PostgresDatabase database, String table, Optional<InstantSource> clock, boolean owner) {
    String name = Names.folded("table", table);
    if (name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("table: " + name + " (expected: at most " + LONGEST_NAME + " letters)");
    }
    String channel = "edge4j_kv_" + name;
    this.database = database;
    this.owner = owner;
    this.clock = clock;
    this.sql = KvSql.of(name, channel, System.currentTimeMillis() << 12);
    this.relation = new KvRelation(database, channel, sql, this::sweep);
  }

  /** A store in the table {@code kv} of a database of its own; {@link #close} closes it. */
  public static PostgresKv of(String url) {
    return new PostgresKv(PostgresDatabase.of(url), "kv", Optional.empty(), true);
  }

  /**
   * A store in a table of a database that others use too; {@link #close} leaves it open.
   *
   * @param table a plain name of at most 40 letters, digits and underscores
   */
  public static PostgresKv on(PostgresDatabase database, String table) {
    return new PostgresKv(database, table, Optional.empty(), false);
  }

  /** A store that asks that clock instead of the server's. */
  static PostgresKv on(PostgresDatabase database, String table, InstantSource clock) {
    return new PostgresKv(database, table, Optional.of(clock), false);
  }

  @Override
  public Optional<KvEntry> entry(String key) {
    byte[] bytes = KvArguments.key(key);
    return relation.read(sql.get(), statement -> {
      int next = now(statement);
      statement.setBytes(next, bytes);
      return entries(statement).values().stream().findFirst();
    });
  }

  @Override
  public Map<String, KvEntry> entries(Collection<String> keys) {
    var wanted = KvArguments.bulk(keys);
    byte[][] bytes = wanted.stream().map(KvArguments::key).toArray(byte[][]::new);
    Map<String, KvEntry> found = relation.read(sql.getAll(), statement -> {
      int next = now(statement);
      statement.setArray(next, statement.getConnection().createArrayOf("bytea", bytes));
      return entries(statement);
    });
    var ordered = new LinkedHashMap<String, KvEntry>();
    for (String key : wanted) {
      KvEntry entry = found.get(key);
      if (entry != null) {
        ordered.put(key, entry);
      }
    }
    return ordered;
  }

  @Override
  public long put(String key, byte[] value, KvOptions options) {
    byte[] bytes = KvArguments.key(key);
    byte[] copy = KvArguments.value(value);
    OptionalLong version = relation.write(sql.put(), statement -> stored(statement, key, bytes, copy, options));
    relation.sweepIfDue();
    return version.orElseThrow();
  }

  /** In the order of the keys, so that two of these cannot wait for each other. */
  @Override
  public Map<String, Long> putAll(Map<String, byte[]> values, KvOptions options) {
    Map<String, byte[]> copies = KvArguments.bulk(values);
    List<String> keys = copies.keySet().stream().sorted(KvArguments::compareUtf8).toList();
    Map<String, Long> versions = relation.writeAll(sql.put(), statement -> {
      var given = new HashMap<String, Long>();
      for (String key : keys) {
        given.put(key, stored(statement, key, KvArguments.key(key), value(copies, key), options).orElseThrow());
      }
      return given;
    });
    relation.sweepIfDue();
    return versions;
  }

  @Override
  public OptionalLong putIf(String key, long expectedVersion, byte[] value, KvOptions options) {
    byte[] bytes = KvArguments.key(key);
    byte[] copy = KvArguments.value(value);
    if (KvArguments.expectedVersion(expectedVersion) == 0) {
      return relation.write(sql.putIfAbsent(), statement -> stored(statement, key, bytes, copy, options));
    }
    return relation.write(sql.putIfVersion(), statement -> {
      int next = now(statement);
      statement.setBytes(next, copy);
      statement.setString(next + 1, options.metadata().orElse(null));
      next = until(statement, next + 2, options);
      statement.setBytes(next, bytes);
      statement.setLong(next + 1, expectedVersion);
      return version(statement, next + 2, KvChange.put(key));
    });
  }

  @Override
  public OptionalLong touch(String key, Duration ttl) {
    byte[] bytes = KvArguments.key(key);
    KvOptions options = KvOptions.expiringAfter(ttl);
    return relation.write(sql.touch(), statement -> {
      int next = until(statement, now(statement), options);
      statement.setBytes(next, bytes);
      return version(statement, next + 1, KvChange.put(key));
    });
  }

  @Override
  public void delete(String key) {
    byte[] bytes = KvArguments.key(key);
    relation.write(sql.delete(), statement -> {
      int next = now(statement);
      statement.setBytes(next, bytes);
      return version(statement, next + 1, KvChange.deleted(key));
    });
  }

  @Override
  public boolean deleteIf(String key, long version) {
    byte[] bytes = KvArguments.key(key);
    KvArguments.version(version);
    return relation.write(sql.deleteIf(), statement -> {
      int next = now(statement);
      statement.setBytes(next, bytes);
      statement.setLong(next + 1, version);
      return version(statement, next + 2, KvChange.deleted(key));
    }).isPresent();
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return items(prefix, after, KvArguments.listLimit(limit)).stream().map(KvPage.Item::key).toList();
  }

  @Override
  public KvPage page(String prefix, String cursor, int limit) {
    KvArguments.pageLimit(limit);
    return KvPage.of(items(prefix, KvCursor.key(prefix, cursor), limit + 1), limit);
  }

  @Override
  public Subscription watch(String prefix, Consumer<KvChange> listener) {
    return relation.watch(prefix, listener);
  }

  /** Takes out what has been gone for ten minutes, at most a thousand rows; how many it were. */
  public long sweep() {
    return relation.write(sql.sweep(), statement -> {
      int next = now(statement);
      statement.setLong(next, Math.max(KvSql.GRACE_MILLIS, 2 * database.options().statementTimeout().toMillis()));
      statement.setInt(next + 1, KvRelation.SWEEP_ROWS);
      return statement.executeLargeUpdate();
    });
  }

  @Override
  public void close() {
    relation.close();
    if (owner) {
      database.close();
    }
  }

  private List<KvPage.Item> items(String prefix, String after, int limit) {
    byte[] from = KvArguments.prefix(prefix);
    byte[] behind = KvArguments.prefix(after);
    return relation.read(sql.list(), statement -> {
      int next = now(statement);
      statement.setBytes(next, from);
      statement.setBytes(next + 1, behind);
      statement.setBytes(next + 2, KvArguments.behindPrefix(from));
      statement.setInt(next + 3, limit);
      var items = new ArrayList<KvPage.Item>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          items.add(new KvPage.Item(new String(rows.getBytes(1), UTF_8), KvArguments.expiry(rows.getLong(2)),
              Optional.ofNullable(rows.getString(3))));
        }
      }
      return items;
    });
  }

  private OptionalLong stored(PreparedStatement statement, String key, byte[] bytes, byte[] value, KvOptions options)
      throws SQLException {
    int next = now(statement);
    statement.setBytes(next, bytes);
    statement.setBytes(next + 1, value);
    statement.setString(next + 2, options.metadata().orElse(null));
    return version(statement, until(statement, next + 3, options), KvChange.put(key));
  }

  private static OptionalLong version(PreparedStatement statement, int index, KvChange change) throws SQLException {
    statement.setString(index, KvRelation.payload(change));
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
    }
  }

  private static Map<String, KvEntry> entries(PreparedStatement statement) throws SQLException {
    var entries = new HashMap<String, KvEntry>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String key = new String(rows.getBytes(1), UTF_8);
        entries.put(key, new KvEntry(key, rows.getBytes(2), Optional.ofNullable(rows.getString(3)), rows.getLong(4),
            KvArguments.expiry(rows.getLong(5))));
      }
    }
    return entries;
  }

  /** The first parameter of every statement: the time, or NULL for the server's. The index of the next. */
  private int now(PreparedStatement statement) throws SQLException {
    if (clock.isPresent()) {
      statement.setLong(1, clock.get().millis());
    } else {
      statement.setNull(1, Types.BIGINT);
    }
    return 2;
  }

  /** When it expires: a time to live, counted by the server's clock, or an instant. */
  private static int until(PreparedStatement statement, int index, KvOptions options) throws SQLException {
    long millis = options.expiryMillis(Instant.EPOCH);
    statement.setBoolean(index, options.ttl().isPresent());
    statement.setLong(index + 1, options.ttl().isPresent() ? millis : 0);
    statement.setLong(index + 2, millis);
    return index + 3;
  }

  private static byte[] value(Map<String, byte[]> values, String key) {
    byte[] value = values.get(key);
    if (value == null) {
      throw new AssertionError(key);
    }
    return value;
  }
}
