package dev.edge4j.data.postgres;

import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import java.sql.Connection;
import java.sql.SQLException;

/** The use of a connection of a pool, held to the caller's deadline. Confined to one call. */
final class Lease implements AutoCloseable {
  private final ConnectionPool pool;
  private final PostgresErrors errors;
  private final Connection connection;
  private final DeadlineGuard guard;

  /** Waits for a connection. */
  Lease(ConnectionPool pool, PostgresErrors errors) {
    this.pool = pool;
    this.errors = errors;
    this.connection = pool.acquire();
    this.guard = DeadlineGuard.of(connection, QueryDeadline.current());
  }

  Connection connection() {
    return connection;
  }

  /** Throws {@link StoreException} if the deadline ended it, else what the work throws. */
  <T> T run(PostgresWork<T> work) throws SQLException {
    return run(work, false);
  }

  /** The same for work that commits: if its answer is lost, the outcome is not known, and it says so. */
  <T> T commit(PostgresWork<T> work) throws SQLException {
    return run(work, true);
  }

  private <T> T run(PostgresWork<T> work, boolean commits) throws SQLException {
    try {
      return work.run(connection);
    } catch (SQLException e) {
      boolean lost = PostgresErrors.isLost(e);
      if (lost) {
        pool.lost();
      }
      if (guard.fired()) {
        throw commits && lost ? errors.overdueUnknown(e) : errors.overdue(e);
      }
      if (commits && lost) {
        throw errors.unknown(e);
      }
      throw e;
    } catch (StoreException e) { // what a transaction's statements throw
      throw guard.fired() ? errors.overdue(e) : e;
    }
  }

  @Override
  public void close() throws SQLException {
    guard.close();
    if (guard.fired()) {
      pool.discard(connection);
    } else {
      connection.close();
    }
  }
}
