package dev.edge4j.data.postgres;

import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs transactions, again where others were in the way. */
final class Transactions {
  private static final int MOST_LOST = 3;

  private final ConnectionPool writers;
  private final PostgresErrors errors;
  private final int attempts;

  Transactions(ConnectionPool writers, PostgresErrors errors, int attempts) {
    this.writers = writers;
    this.errors = errors;
    this.attempts = attempts;
  }

  <T> T run(Isolation isolation, PostgresWork<T> work) {
    return run(isolation, 1, false, work);
  }

  /** Runs work that does nothing if it was done before: again also where the answer to its commit was lost. */
  <T> T runIdempotent(PostgresWork<T> work) {
    return run(Isolation.READ_COMMITTED, MOST_LOST, true, work);
  }

  private <T> T run(Isolation isolation, int mostLost, boolean idempotent, PostgresWork<T> work) {
    int lost = 0;
    for (int attempt = 1;; attempt++) {
      long begin = System.nanoTime();
      try {
        return once(isolation, idempotent, work);
      } catch (SQLException e) {
        boolean again = PostgresErrors.isLost(e) ? ++lost <= mostLost : PostgresErrors.isConflict(e);
        if (!again || attempt == attempts || QueryDeadline.current().isOver()) {
          throw errors.translate(e);
        }
      }
      pause(attempt, System.nanoTime() - begin);
    }
  }

  /** Throws an SQLException only where nothing was committed for certain, or the work is idempotent. */
  private <T> T once(Isolation isolation, boolean idempotent, PostgresWork<T> work) throws SQLException {
    try (var lease = new Lease(writers, errors)) {
      T result;
      try {
        result = lease.run(connection -> {
          begin(connection, isolation);
          return work.run(connection);
        });
      } catch (SQLException | RuntimeException | Error e) {
        rollback(lease.connection(), e);
        throw e;
      }
      if (QueryDeadline.current().isOver()) {
        var overdue = errors.overdue();
        rollback(lease.connection(), overdue);
        throw overdue;
      }
      PostgresWork<T> commit = connection -> {
        connection.commit();
        return result;
      };
      return idempotent ? lease.run(commit) : lease.commit(commit);
    }
  }

  private static void begin(Connection connection, Isolation isolation) throws SQLException {
    connection.setAutoCommit(false);
    if (isolation != Isolation.READ_COMMITTED) { // as the sessions are
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL " + isolation.sql());
      }
    }
  }

  /** The pool would do it, but does not know of what went past its wrappers (COPY). */
  private static void rollback(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e); // the connection is broken: the server rolls back
    }
  }

  private void pause(int failed, long attemptNanos) {
    try {
      Backoff.pause(failed, attemptNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw errors.failed("interrupted before a transaction was run again", e);
    }
  }
}
