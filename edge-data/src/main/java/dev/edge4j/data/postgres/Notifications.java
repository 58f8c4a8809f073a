package dev.edge4j.data.postgres;

import dev.edge4j.data.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is notified on one channel of a database, on a connection of its own that is made again when it is lost. A link that has gone
 * silent is noticed within {@link #QUIET} and {@link #ANSWER}. Safe for use by many threads.
 */
final class Notifications implements AutoCloseable {
  /** Told one after the other, on a thread of its own. */
  interface Listener {
    /** What has come, in order; never empty. */
    void received(List<PGNotification> notifications);

    /** The connection was lost and is back: what was notified in between is not known. */
    void missed();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
  /** After so long without a word the server is asked whether it is there. */
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final PostgresDatabase database;
  private final String channel;
  private final Listener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connection current;
  private volatile boolean closed;

  /**
   * Listens from now on; throws {@link StoreException} if the server cannot be reached.
   *
   * @param channel a plain name
   */
  Notifications(PostgresDatabase database, String channel, Listener listener) {
    this.database = database;
    this.channel = channel;
    this.listener = listener;
    Connection connection = listen();
    Thread.ofVirtual().name("postgres-notifications " + database.options().name()).start(() -> run(connection));
  }

  private void run(Connection first) {
    serve(first);
    for (Connection next = again(); next != null; next = again()) {
      tell(listener::missed);
      serve(next);
    }
  }

  /** Until it is lost. */
  private void serve(Connection connection) {
    try (connection) {
      receive(connection);
    } catch (SQLException e) {
      if (!closed) {
        LOG.warn("{}: the connection for notifications was lost: {}", database.options().name(), PostgresErrors.line(
            e));
      }
    }
  }

  private void receive(Connection connection) throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    while (!closed) {
      PGNotification[] came = postgres.getNotifications(Math.toIntExact(QUIET.toMillis()));
      if (came.length > 0) {
        tell(() -> listener.received(List.of(came)));
      } else {
        probe(connection);
      }
    }
  }

  private static void probe(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(ANSWER.toMillis()));
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
    connection.setNetworkTimeout(Runnable::run, 0);
  }

  /** A new connection, tried for until there is one; null once closed. */
  private @Nullable Connection again() {
    for (int failed = 1; !closed; failed++) {
      try {
        return listen();
      } catch (StoreException e) {
        LOG.debug("{}: still no connection for notifications", database.options().name(), e);
      }
      try {
        Backoff.pause(failed, 0);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }

  private Connection listen() {
    Connection connection = database.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + Names.quoted("channel", channel));
    } catch (SQLException e) {
      abort(connection);
      throw database.errors().translate(e);
    }
    lock.lock();
    try {
      if (closed) {
        abort(connection);
        throw database.errors().closed();
      }
      current = connection;
    } finally {
      lock.unlock();
    }
    return connection;
  }

  private void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) { // one bad listener must not end the feed
      LOG.error("{}: a listener failed", database.options().name(), e);
    }
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debug("a connection could not be cut: it is closed already", e);
    }
  }

  /** Cuts the connection, which its thread waits on. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      Connection connection = current;
      if (connection != null) {
        abort(connection);
      }
    } finally {
      lock.unlock();
    }
  }
}
