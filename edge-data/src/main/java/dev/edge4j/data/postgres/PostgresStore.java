package dev.edge4j.data.postgres;

import dev.edge4j.Place;
import dev.edge4j.data.ChangeFeed;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.Position;
import dev.edge4j.data.RowChange;
import dev.edge4j.data.Search;
import dev.edge4j.data.SearchIndex;
import dev.edge4j.data.TransactionWork;
import dev.edge4j.data.sql.NamedSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A {@link DataStore} on a PostgreSQL database, 14 or newer: a primary, which is never behind. Safe for use by many threads.
 *
 * <p>A {@link #query} runs on a connection that cannot write; if that is lost, it is asked once more on a new one. An {@link #update} is
 * one statement that commits by itself, and is never asked for twice: if the connection is lost before the answer comes, the
 * {@link dev.edge4j.data.StoreException} says that its outcome is not known. A {@link #transaction} is serializable unless the options
 * say otherwise, and is run again from its start after a conflict with another, so its work must have no effect but through its
 * {@link dev.edge4j.data.Queries}.
 *
 * <p>An Instant is written as a timestamptz, or as milliseconds since 1970 where a bigint is expected. What has no type of its own
 * in Java (enums, jsonb, arrays, intervals) is read as text, and text is written to it.
 */
public final class PostgresStore implements DataStore, ChangeFeed, Search {
  private static final String POSITION = """
      SELECT (SELECT system_identifier FROM pg_control_system())::text AS system,
        substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8) AS timeline,
        pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::bigint AS lsn""";
  private static final int HEX = 16;

  private final PostgresDatabase database;
  private final boolean owner;
  private final Place place;
  private final Statements statements;
  private final PostgresChangeFeed feed;
  private final PostgresSearch search;

  private PostgresStore(PostgresDatabase database, boolean owner) {
    this.database = database;
    this.owner = owner;
    this.place = Place.EDGE;
    this.statements = new Statements();
    this.feed = new PostgresChangeFeed(database);
    this.search = new PostgresSearch(database, statements);
  }

  private PostgresStore(PostgresStore same, Place place) {
    this.database = same.database;
    this.owner = same.owner;
    this.place = place;
    this.statements = same.statements;
    this.feed = same.feed;
    this.search = same.search;
  }

  /** The store of a JDBC address, {@code jdbc:postgresql://host:5432/shop}; {@link #close} closes its connections. */
  public static PostgresStore of(String url) {
    return open(PostgresOptions.of(url));
  }

  /** A store as its options say. */
  public static PostgresStore open(PostgresOptions options) {
    return new PostgresStore(PostgresDatabase.open(options), true);
  }

  /** A store on a database that others use too; {@link #close} leaves it open. */
  public static PostgresStore on(PostgresDatabase database) {
    return new PostgresStore(database, false);
  }

  /** The same store, said to be in a place: {@code Place.origin("us-east-1", "orders need strong consistency")}. */
  public PostgresStore at(Place where) {
    return new PostgresStore(this, where);
  }

  /**
   * Brings the database up to the newest migration, each in a transaction of its own; returns this store. It waits while another
   * program does so, and no timeout ends it.
   */
  public PostgresStore migrate(Migrations migrations) {
    new Migrator(database).run(migrations);
    return this;
  }

  /** The database below, for keys and values or events in the same one. */
  public PostgresDatabase database() {
    return database;
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    NamedSql named = statements.of(sql);
    Object[] values = named.values(args);
    return database.read(connection -> Session.query(connection, type, named, values));
  }

  @Override
  public <T> long forEach(Class<T> type, String sql, Map<String, ?> args, Consumer<? super T> each) {
    NamedSql named = statements.of(sql);
    Object[] values = named.values(args);
    try {
      return database.readOnce(connection -> {
        connection.setAutoCommit(false);
        long rows = Session.each(connection, type, named, values, each);
        connection.rollback();
        return rows;
      });
    } catch (SQLException e) {
      throw database.errors().translate(e);
    }
  }

  @Override
  public long update(String sql, Map<String, ?> args) {
    NamedSql named = statements.of(sql);
    Object[] values = named.values(args);
    return database.write(connection -> Session.update(connection, named, values));
  }

  /**
   * Runs one statement for each row of arguments, all in one transaction and without waiting for each answer; how many rows they
   * changed. Throws {@link dev.edge4j.data.StoreException}, with nothing changed, if one of them fails.
   */
  public long batch(String sql, List<? extends Map<String, ?>> rows) {
    NamedSql named = statements.of(sql);
    List<Object[]> values = Session.values(named, rows);
    return values.isEmpty() ? 0
        : database.transaction(Isolation.READ_COMMITTED, connection -> Session.batch(connection, named, values));
  }

  /**
   * Puts rows into a table by COPY, the fastest way: all of them or none, in one statement; how many there were. A row has a value
   * for each column; what the rows throw while they are read ends it.
   *
   * @param table a plain name, which is folded to lower case as in SQL; so are the columns
   */
  public long copyIn(String table, List<String> columns, Iterable<? extends List<?>> rows) {
    var copy = new Copy(table, columns);
    return database.write(connection -> copy.run(connection, rows));
  }

  @Override
  public <T> T transaction(TransactionWork<T> work) {
    return transaction(database.options().isolation(), work);
  }

  /** {@link #transaction(TransactionWork)} with another isolation than the options say. */
  public <T> T transaction(Isolation isolation, TransactionWork<T> work) {
    return database.transaction(isolation, connection -> run(connection, work));
  }

  private <T> T run(Connection connection, TransactionWork<T> work) throws SQLException {
    var transaction = new PostgresTransaction(statements, database.errors(), connection);
    try {
      T result = work.run(transaction);
      transaction.check();
      return result;
    } catch (RuntimeException e) {
      if (transaction.isRepeatable()) {
        transaction.check(); // not what the work made of it
      }
      throw e;
    } finally {
      transaction.end();
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The first who watches a table puts triggers on it, for which it must be its owner; then anybody may. Each statement that changes
   * such a table sends one notification: with the keys of up to 100 rows, else of the whole table. Commits that notify take
   * turns at the server, so what is written thousands of times a second is better not watched. After a lost connection the feed
   * says {@link dev.edge4j.data.RowChange#all}.
   */
  @Override
  public Subscription watch(Set<String> tables, Consumer<List<RowChange>> listener) {
    return feed.watch(tables, listener);
  }

  /**
   * {@inheritDoc}
   *
   * <p>An index is made, without keeping writers out meanwhile, and a function {@code edge4j_words}; the table stays as it is. What is
   * found comes by {@code ts_rank}.
   */
  @Override
  public void prepare(SearchIndex index) {
    search.prepare(index);
  }

  @Override
  public <T> List<T> search(SearchIndex index, Class<T> type, String words, int limit, int offset) {
    return search.search(index, type, words, limit, offset);
  }

  @Override
  public String engine() {
    return "postgres";
  }

  @Override
  public Place place() {
    return place;
  }

  /**
   * The history is the system identifier and the timeline, {@code 7423045210327562259.1}; the offset is the log sequence number up to
   * which the log is on disk, which no acknowledged commit is behind.
   */
  @Override
  public Position position() {
    return database.read(connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(POSITION)) {
        row.next();
        int timeline = Integer.parseInt(row.getString("timeline"), HEX);
        return new Position(row.getString("system") + "." + timeline, row.getLong("lsn"));
      }
    });
  }

  @Override
  public void close() {
    feed.close();
    if (owner) {
      database.close();
    }
  }
}
