package dev.edge4j.data.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A lock of the database that one process holds at a time, on a connection of its own: what is done under it runs on that connection,
 * so neither outlives the other. It is asked for again and again rather than waited for, because a statement that waits holds a
 * snapshot, for which a CREATE INDEX CONCURRENTLY of the owner would wait in turn.
 */
final class SessionLock {
  /** For all migrations of a database. */
  static final long MIGRATIONS = 0x6564_6765_346a_0001L;
  /** For the tables and triggers of the change feed and the sinks. */
  static final long SCHEMA = 0x6564_6765_346a_0002L;
  /** For the indexes of the search, which are made concurrently: no transaction may wait for it. */
  static final long SEARCH = 0x6564_6765_346a_0003L;

  private static final long PAUSE_MILLIS = 50;

  private SessionLock() {}

  /** Runs work without any timeout, while no other process runs work under the same key. */
  static <T> T holding(long key, PostgresDatabase database, PostgresWork<T> work) {
    try (Connection connection = database.connect()) {
      while (!take(connection, key)) {
        pause(database);
      }
      return work.run(connection); // closing the connection gives the lock back
    } catch (SQLException e) {
      throw database.errors().translate(e);
    }
  }

  /** Takes the lock until the end of a transaction. */
  static void takeForTransaction(Connection connection, long key) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + key + ")");
    }
  }

  private static boolean take(Connection connection, long key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      statement.setLong(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static void pause(PostgresDatabase database) {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw database.errors().failed("interrupted while another process held the lock", e);
    }
  }
}
