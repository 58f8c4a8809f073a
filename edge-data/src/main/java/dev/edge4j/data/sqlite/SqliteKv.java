package dev.edge4j.data.sqlite;

import dev.edge4j.data.StoreException;
import dev.edge4j.kv.KvArguments;
import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvCursor;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import dev.edge4j.kv.KvWatchers;
import dev.edge4j.kv.VersionedKv;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Keys and values in a table of a SQLite file. A put is on disk when it returns, a {@link #putAll} whole. Keys are kept as bytes of
 * UTF-8, so their order is the order of bytes. What has expired is not shown, and swept out by later puts: at most once a minute, a
 * thousand rows at a time; or by {@link #sweep}. How much there is at most says {@link #bounded}: a gibibyte.
 *
 * <p>A table of a file that was written before there were versions is brought up to date when it is opened, in place. Watchers hear
 * of the writes of all stores on the same {@link SqliteDatabase} and table, which are all there are but for SQL of the program's own.
 */
public final class SqliteKv implements VersionedKv {
  private static final long SWEEP_EVERY_MILLIS = 60_000;
  private static final int SWEEP_ROWS = 1_000;
  /** A page of more items than this may take more than a millisecond. */
  private static final int SHORT_PAGE = 100;
  /** A file that takes the place of a lost one begins above the versions of that: see {@link VersionedKv}. */
  private static final int VERSION_BITS = 12;
  private static final long BOUND = 1L << 30;
  /** So many go for one put at most, as others wait meanwhile; where that is not enough the next put goes on. */
  private static final int EVICTIONS = 256;

  private final SqliteDatabase database;
  private final boolean owner;
  private final InstantSource clock;
  private final KvTable table;
  private final KvWatchers watchers;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final AtomicLong nextSweep = new AtomicLong();
  private volatile long bound = BOUND;

  private SqliteKv(SqliteDatabase database, String name, InstantSource clock, boolean owner) {
    this.database = database;
    this.owner = owner;
    this.clock = clock;
    this.table = new KvTable(name);
    this.watchers = database.watchers(name);
    database.write(connection -> {
      table.create(connection, Math.max(1, clock.millis() << VERSION_BITS));
      return name;
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

  /**
   * Holds at most so many bytes from now on: keys, values, metadata, and a hundred for each entry. A put for which there is no room has those go that expire first, be they
   * sessions or locks, so leave room for all that must not. Where all that is left never expires, it throws {@link StoreException.Reason#BUSY} and changes nothing. What goes is
   * not told to watchers, as an expiry is not. The file may be larger by what SQLite keeps free. Stores on one table each go by their own bound. Returns this store.
   */
  public SqliteKv bounded(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bounded: " + bytes + " bytes (expected: 1 or more)");
    }
    bound = bytes;
    return this;
  }

  @Override
  public Optional<KvEntry> entry(String key) {
    KvArguments.key(key);
    return database.read(c -> table.entry(c, key, clock.millis()));
  }

  @Override
  public Map<String, KvEntry> entries(Collection<String> keys) {
    SequencedSet<String> wanted = KvArguments.bulk(keys);
    return database.read(c -> {
      var found = new LinkedHashMap<String, KvEntry>();
      for (String key : wanted) {
        table.entry(c, key, clock.millis()).ifPresent(entry -> found.put(key, entry));
      }
      return found;
    });
  }

  @Override
  public long put(String key, byte[] value, KvOptions options) {
    byte[] bytes = KvArguments.key(key);
    byte[] copy = KvArguments.value(value);
    long version = database.<Long>write(c -> store(c, bytes, copy, options));
    watchers.tell(KvChange.put(key));
    return version;
  }

  @Override
  public Map<String, Long> putAll(Map<String, byte[]> values, KvOptions options) {
    Map<String, byte[]> copies = KvArguments.bulk(values);
    Map<String, Long> versions = database.write(c -> {
      var given = new LinkedHashMap<String, Long>();
      for (Map.Entry<String, byte[]> each : copies.entrySet()) {
        given.put(each.getKey(), store(c, KvArguments.key(each.getKey()), each.getValue(), options));
      }
      return given;
    });
    versions.keySet().forEach(key -> watchers.tell(KvChange.put(key)));
    return versions;
  }

  @Override
  public OptionalLong putIf(String key, long expectedVersion, byte[] value, KvOptions options) {
    byte[] bytes = KvArguments.key(key);
    byte[] copy = KvArguments.value(value);
    KvArguments.expectedVersion(expectedVersion);
    OptionalLong version = database.write(c -> table.version(c, bytes, clock.millis()) != expectedVersion
        ? OptionalLong.empty()
        : OptionalLong.of(store(c, bytes, copy, options)));
    version.ifPresent(_ -> watchers.tell(KvChange.put(key)));
    return version;
  }

  @Override
  public void delete(String key) {
    byte[] bytes = KvArguments.key(key);
    if (database.<Boolean>write(c -> table.delete(c, bytes))) {
      watchers.tell(KvChange.deleted(key));
    }
  }

  @Override
  public boolean deleteIf(String key, long version) {
    byte[] bytes = KvArguments.key(key);
    KvArguments.version(version);
    boolean deleted = database.<Boolean>write(c -> table.deleteIf(c, bytes, version, clock.millis()));
    if (deleted) {
      watchers.tell(KvChange.deleted(key));
    }
    return deleted;
  }

  @Override
  public OptionalLong touch(String key, Duration ttl) {
    byte[] bytes = KvArguments.key(key);
    KvOptions until = KvOptions.expiringAfter(ttl);
    OptionalLong version = database.write(c -> {
      if (table.version(c, bytes, clock.millis()) == 0) {
        return OptionalLong.empty();
      }
      long next = table.next(c, 1);
      table.touch(c, bytes, until.expiryMillis(clock.instant()), next);
      return OptionalLong.of(next);
    });
    version.ifPresent(_ -> watchers.tell(KvChange.put(key)));
    return version;
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
    Subscription watched = watchers.add(prefix, listener);
    var subscription = new Subscription() {
      @Override
      public void close() {
        watched.close();
        subscriptions.remove(this);
      }
    };
    subscriptions.add(subscription);
    return subscription;
  }

  /** Takes out all that has expired, a thousand rows at a time with other writes between them; how many it were. */
  public long sweep() {
    long all = 0;
    long some;
    do {
      some = database.<Long>write(c -> table.sweep(c, clock.millis(), SWEEP_ROWS));
      all += some;
    } while (some == SWEEP_ROWS);
    return all;
  }

  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
    if (owner) {
      database.close();
    }
  }

  private List<KvPage.Item> items(String prefix, String after, int limit) {
    KvArguments.prefix(prefix);
    KvArguments.prefix(after);
    SqlWork<List<KvPage.Item>> work = c -> table.list(c, prefix, after, clock.millis(), limit);
    return limit > SHORT_PAGE ? database.readLong(work) : database.read(work);
  }

  /** Runs on the writer's thread. While there is more to sweep, the next put goes on. */
  private long store(SqlConnection connection, byte[] key, byte[] value, KvOptions options) throws SQLException {
    long now = clock.millis();
    if (now >= nextSweep.get() && table.sweep(connection, now, SWEEP_ROWS) < SWEEP_ROWS) {
      nextSweep.set(now + SWEEP_EVERY_MILLIS);
    }
    long version = table.next(connection, 1);
    table.put(connection, key, value, options.metadata(), options.expiryMillis(clock.instant()), version);
    makeRoom(connection, key);
    return version;
  }

  private void makeRoom(SqlConnection connection, byte[] latest) throws SQLException {
    for (int i = 0; i < EVICTIONS && table.held(connection) > bound; i++) {
      if (!table.evict(connection, latest)) {
        throw new StoreException(StoreException.Reason.BUSY, "full: " + table.held(connection)
            + " bytes that do not expire (expected: at most " + bound + ")");
      }
    }
  }
}
