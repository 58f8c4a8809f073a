package dev.edge4j.data.postgres;

import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connections to one database: some that only read, some that write, each kind in a pool. It is opened without asking the server:
 * the first call that needs it does, and calls work again once a server that was away is back. Safe for use by many threads.
 *
 * <p>Every call is held to the caller's {@link QueryDeadline}: the statement is ended at the server, and the caller waits no longer
 * whatever the link does.
 */
public final class PostgresDatabase implements AutoCloseable {
  private final PostgresOptions options;
  private final PostgresErrors errors;
  private final ConnectionPool readers;
  private final ConnectionPool writers;
  private final Transactions transactions;
  private final AtomicBoolean closed = new AtomicBoolean();

  private PostgresDatabase(PostgresOptions options) {
    this.options = options;
    this.errors = new PostgresErrors(options.name());
    this.readers = new ConnectionPool(ConnectionSources.readers(options), options.name() + " readers", options
        .readers(),
        options, errors);
    this.writers = new ConnectionPool(ConnectionSources.writers(options), options.name() + " writers", options
        .writers(),
        options, errors);
    this.transactions = new Transactions(writers, errors, options.attempts());
  }

  /** The database of a JDBC address, with {@link PostgresOptions#of}. */
  public static PostgresDatabase of(String url) {
    return open(PostgresOptions.of(url));
  }

  /** A database as its options say. */
  public static PostgresDatabase open(PostgresOptions options) {
    return new PostgresDatabase(options);
  }

  public PostgresOptions options() {
    return options;
  }

  /**
   * Reads on a connection on which the server refuses every change; each statement is on its own. If the connection is lost, the
   * work is run once more, on a new one.
   */
  public <T> T read(PostgresWork<T> work) {
    try {
      return readOnce(work);
    } catch (SQLException e) {
      if (!PostgresErrors.isLost(e)) {
        throw errors.translate(e);
      }
    }
    try {
      return readOnce(work);
    } catch (SQLException e) {
      throw errors.translate(e);
    }
  }

  /**
   * Writes with one statement, which is committed by itself. It is never run twice: if the connection is lost, the
   * {@link StoreException} says that the outcome is not known.
   */
  public <T> T write(PostgresWork<T> work) {
    try (var lease = new Lease(writers, errors)) {
      return lease.commit(work);
    } catch (SQLException e) {
      throw errors.translate(e);
    }
  }

  /** {@link #transaction(Isolation, PostgresWork)} as the options say. */
  public <T> T transaction(PostgresWork<T> work) {
    return transaction(options.isolation(), work);
  }

  /**
   * Runs work in a transaction, which is committed when the work returns and rolled back when it throws. After a serialization
   * failure, a deadlock, or a connection that was lost before the commit was asked for, the work is run again from its start, so it
   * must have no effect but through its connection.
   */
  public <T> T transaction(Isolation isolation, PostgresWork<T> work) {
    return transactions.run(isolation, work);
  }

  /** A transaction that does nothing if it was done before: run again also where the answer to its commit was lost. */
  <T> T idempotent(PostgresWork<T> work) {
    return transactions.runIdempotent(work);
  }

  /** A read that must not be repeated, because rows have been handed on. */
  <T> T readOnce(PostgresWork<T> work) throws SQLException {
    try (var lease = new Lease(readers, errors)) {
      return lease.run(work);
    }
  }

  /** A connection of its own, for LISTEN, locks of a session and work without a timeout; its user closes it. */
  Connection connect() {
    if (closed.get()) {
      throw errors.closed();
    }
    try {
      return ConnectionSources.unbounded(options).getConnection();
    } catch (SQLException e) {
      throw errors.unreachable(e);
    }
  }

  PostgresErrors errors() {
    return errors;
  }

  boolean isClosed() {
    return closed.get();
  }

  /** Ends what runs, and closes the connections. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      readers.close();
      writers.close();
    }
  }
}
