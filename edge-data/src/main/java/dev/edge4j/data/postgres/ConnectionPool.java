package dev.edge4j.data.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.edge4j.data.QueryDeadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Connections of one kind, handed out one user at a time. Safe for use by many threads. */
final class ConnectionPool implements AutoCloseable {
  private static final long EVICTION_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  /** HikariCP allows no shorter times than these. */
  private static final long SHORTEST_WAIT_MILLIS = 250;
  private static final int IDLE_KEPT = 2;

  private final HikariDataSource pool;
  private final Duration acquireTimeout;
  private final PostgresErrors errors;
  private final AtomicLong lastEviction = new AtomicLong(System.nanoTime() - EVICTION_PAUSE_NANOS);

  ConnectionPool(DataSource source, String name, int size, PostgresOptions options, PostgresErrors errors) {
    var config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName(name);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(IDLE_KEPT, size));
    if (size > IDLE_KEPT) {
      config.setIdleTimeout(TimeUnit.MINUTES.toMillis(1));
    }
    config.setConnectionTimeout(Math.max(SHORTEST_WAIT_MILLIS, options.acquireTimeout().toMillis()));
    config.setValidationTimeout(Math.max(SHORTEST_WAIT_MILLIS, Math.min(options.connectTimeout().toMillis(),
        options.acquireTimeout().toMillis())));
    config.setInitializationFailTimeout(-1); // a node starts while its origin is away
    config.setKeepaliveTime(TimeUnit.MINUTES.toMillis(2));
    // As connections have it already. Not told, the pool asks its first connection, and if that breaks at this moment no later one is ever good.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    this.pool = new HikariDataSource(config);
    this.acquireTimeout = options.acquireTimeout();
    this.errors = errors;
  }

  /** A connection, to be closed by its user; waits no longer than the pool's time and the caller's deadline allow. */
  Connection acquire() {
    Optional<Duration> left = QueryDeadline.current().remaining();
    if (left.isEmpty() || left.get().compareTo(acquireTimeout.multipliedBy(2)) > 0) {
      return connection(); // it may have to test a broken connection before it waits for a good one
    }
    if (left.get().isZero()) {
      throw errors.overdue();
    }
    return acquireWithin(left.get());
  }

  /** The pool itself waits a fixed time, so another thread waits, and gives back what comes too late. */
  private Connection acquireWithin(Duration left) {
    var answer = new CompletableFuture<Connection>();
    Thread.ofVirtual().name("postgres-acquire").start(() -> {
      try {
        Connection connection = connection();
        if (!answer.complete(connection)) {
          giveBack(connection);
        }
      } catch (RuntimeException | Error e) {
        answer.completeExceptionally(e);
      }
    });
    try {
      return answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (!answer.completeExceptionally(e) && !answer.isCompletedExceptionally()) {
        return answer.join(); // it came at this very moment
      }
      throw errors.overdue(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (!answer.completeExceptionally(e) && !answer.isCompletedExceptionally()) {
        giveBack(answer.join());
      }
      throw errors.failed("interrupted while waiting for a connection", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : errors.failed("no connection", e);
    }
  }

  private Connection connection() {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      if (pool.isClosed()) {
        throw errors.closed();
      }
      // Waiting was in vain: the cause tells why no connection could be made, if that is why.
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException reason) {
          throw errors.unreachable(reason);
        }
      }
      throw errors.exhausted(pool.getMaximumPoolSize(), e);
    }
  }

  private void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw errors.translate(e);
    }
  }

  /** Closes it for good instead of handing it to the next user. */
  void discard(Connection connection) {
    pool.evictConnection(connection);
  }

  /** A connection was lost, so the others may be lost too: they are replaced as they come back, once a second at the most. */
  void lost() {
    long now = System.nanoTime();
    long last = lastEviction.get();
    if (now - last >= EVICTION_PAUSE_NANOS && lastEviction.compareAndSet(last, now)) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
