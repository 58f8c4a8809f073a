package dev.edge4j.data.sqlite;

import dev.edge4j.data.ChangeFeed;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.RowChange;
import dev.edge4j.data.Search;
import dev.edge4j.data.SearchIndex;
import dev.edge4j.data.TransactionWork;
import dev.edge4j.data.sql.NamedSql;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A {@link DataStore} on one SQLite file, durable against power cuts unless its options say otherwise. A primary: it is never
 * behind. Safe for use by many threads.
 *
 * <p>A query runs on the caller's thread; one that has proved to take more than a millisecond runs on a platform thread, so that
 * it holds no carrier. Writes and transactions run one after another on one platform thread and share their flushes to disk, so
 * a transaction must not wait for anything but this store. Deadlines hold as {@link SqliteDatabase} says.
 */
public final class SqliteStore implements DataStore, ChangeFeed, Search {
  private final SqliteDatabase database;
  private final boolean owner;
  private final Statements statements = new Statements();
  private final SqliteSearch search;

  private SqliteStore(SqliteDatabase database, boolean owner) {
    this.database = database;
    this.owner = owner;
    this.search = new SqliteSearch(database);
  }

  /** Opens a file, creating it and its folder if need be; {@link #close} closes it. Throws as {@link SqliteDatabase#open}. */
  public static SqliteStore open(Path file) {
    return new SqliteStore(SqliteDatabase.open(file), true);
  }

  /** Opens a file with options. */
  public static SqliteStore open(Path file, SqliteOptions options) {
    return new SqliteStore(SqliteDatabase.open(file, options), true);
  }

  /** A store on a database that others use too; {@link #close} leaves it open. */
  public static SqliteStore on(SqliteDatabase database) {
    return new SqliteStore(database, false);
  }

  /** Brings the database up to the newest migration, each in a transaction of its own; returns this store. */
  public SqliteStore migrate(Migrations migrations) {
    new Migrator(database).run(migrations);
    return this;
  }

  /** The database below, for key and value or events in the same file. */
  public SqliteDatabase database() {
    return database;
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    Statements.Known statement = statements.of(sql);
    NamedSql named = statement.named();
    Object[] values = named.values(args);
    SqlWork<List<T>> work = connection -> {
      long begin = System.nanoTime();
      List<T> rows = connection.query(named.positional(), new Rows<>(type), values);
      statement.took(System.nanoTime() - begin);
      return rows;
    };
    return statement.takesLong() ? database.readLong(work) : database.read(work);
  }

  /**
   * Hands all rows to {@code each} on the caller's thread, while a platform thread reads them on a connection of its own, a few
   * hundred ahead at the most. At most 16 of these run at a time; another waits, and throws {@link StoreException} when it has waited
   * for the busy timeout. While one runs, the write-ahead log grows with every write.
   */
  @Override
  public <T> long forEach(Class<T> type, String sql, Map<String, ?> args, Consumer<? super T> each) {
    NamedSql named = statements.of(sql).named();
    return database.forEach(type, named.positional(), named.values(args), each);
  }

  @Override
  public long update(String sql, Map<String, ?> args) {
    NamedSql named = statements.of(sql).named();
    Object[] values = named.values(args);
    return database.write(connection -> connection.update(named.positional(), values));
  }

  @Override
  public <T> T transaction(TransactionWork<T> work) {
    return database.write(connection -> {
      var transaction = new SqliteTransaction(database.file(), statements, connection);
      try {
        return work.run(transaction);
      } finally {
        transaction.end();
      }
    });
  }

  /**
   * {@inheritDoc}
   *
   * <p>Any table can be watched that is no virtual one. What is told is exact but for two cases: more than 10,000 changes of one commit
   * are told as {@link dev.edge4j.data.RowChange#all}, and a row that {@code INSERT OR REPLACE} pushes out because of another unique
   * column than the primary key is not told (write {@code ON CONFLICT ... DO UPDATE}). A commit is what the writer commits at once,
   * which may be the writes of several callers. Watching costs one more row, in memory, for each that changes.
   */
  @Override
  public Subscription watch(Set<String> tables, Consumer<List<RowChange>> listener) {
    return database.watch(tables, listener);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A table has one index: to prepare another takes its place. It is kept by triggers in the file, so all writes keep it, of other
   * programs too. Building it is one write. Each column counts twice as much as the next.
   */
  @Override
  public void prepare(SearchIndex index) {
    search.prepare(index);
  }

  @Override
  public <T> List<T> search(SearchIndex index, Class<T> type, String words, int limit, int offset) {
    if (limit < 1 || limit > 1_000 || offset < 0) {
      throw new IllegalArgumentException("limit, offset: " + limit + ", " + offset
          + " (expected: 1 to 1,000, zero or more)");
    }
    String statement = search.statement(index);
    String match = SqliteSearch.match(words);
    return match.isEmpty() ? List.of()
        : query(type, statement, Map.of("words", match, "limit", limit, "offset", offset));
  }

  /** Copies the database into a file while reads and writes go on; see {@link SqliteDatabase#backup}. */
  public void backup(Path target) {
    database.backup(target);
  }

  @Override
  public String engine() {
    return "sqlite";
  }

  @Override
  public void close() {
    if (owner) {
      database.close();
    }
  }
}
