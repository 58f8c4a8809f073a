package dev.edge4j.data.sqlite;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.TransactionWork;
import dev.edge4j.data.sql.NamedSql;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A {@link DataStore} on one SQLite file, durable against power cuts unless its options say otherwise. A primary: it is never
 * behind. Safe for use by many threads.
 *
 * <p>A query runs on the caller's thread; one that has proved to take more than a millisecond runs on a platform thread, so that
 * it holds no carrier. Writes and transactions run one after another on one platform thread and share their flushes to disk, so
 * a transaction must not wait for anything but this store.
 */
public final class SqliteStore implements DataStore {
  private final SqliteDatabase database;
  private final boolean owner;
  private final Statements statements = new Statements();

  private SqliteStore(SqliteDatabase database, boolean owner) {
    this.database = database;
    this.owner = owner;
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
