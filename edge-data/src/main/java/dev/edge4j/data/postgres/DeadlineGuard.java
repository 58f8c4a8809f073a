package dev.edge4j.data.postgres;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the use of a connection to a deadline: shortly before it the server is asked to end the statement, which leaves the connection
 * in order if the answer still comes; at the deadline the connection is cut, so that its user waits no longer even if nothing gets
 * through. A connection that this was done to must not be used again: the request may arrive late and end another statement.
 */
final class DeadlineGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeadlineGuard.class);
  private static final Duration MOST_RESERVED = Duration.ofMillis(100);
  private static final TimeSource TIME = TimeSource.system();

  private final Connection connection;
  private final TimeSource.Timer asking;
  private final TimeSource.Timer cutting;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean fired = new AtomicBoolean();

  private DeadlineGuard(Connection connection, Duration left) {
    Duration tenth = left.dividedBy(10);
    Duration reserved = tenth.compareTo(MOST_RESERVED) < 0 ? tenth : MOST_RESERVED;
    this.connection = connection;
    this.asking = TIME.after(left.minus(reserved), () -> fire(this::ask));
    this.cutting = TIME.after(left, () -> fire(this::cut));
  }

  private DeadlineGuard(Connection connection) {
    this.connection = connection;
    this.asking = () -> {};
    this.cutting = () -> {};
  }

  static DeadlineGuard of(Connection connection, Deadline deadline) {
    return deadline.remaining()
        .map(left -> new DeadlineGuard(connection, left))
        .orElseGet(() -> new DeadlineGuard(connection));
  }

  /** Whether the connection has been interfered with. */
  boolean fired() {
    return fired.get();
  }

  /** What has not begun does not begin any more. */
  @Override
  public void close() {
    over.set(true);
    asking.cancel();
    cutting.cancel();
  }

  private void fire(Runnable action) {
    fired.set(true);
    if (!over.get()) {
      Thread.ofVirtual().name("postgres-deadline").start(action);
    }
  }

  private void ask() {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      LOG.debug("the server could not be asked to end a statement; its own timeout will", e);
    }
  }

  private void cut() {
    try {
      connection.unwrap(Connection.class).abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debug("a connection could not be cut: it is closed already", e);
    }
  }
}
