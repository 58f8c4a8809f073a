package dev.edge4j.data.sqlite;

import dev.edge4j.Deadline;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What reads for as long as it takes: streams of rows and backups. Each has a platform thread and a connection of its own, so that who
 * takes his time over his rows keeps nobody from reading. The user of the rows stays on his own thread.
 */
final class Streams implements AutoCloseable {
  /** More than anybody needs at once: each keeps a snapshot, which the write-ahead log must hold for it. */
  static final int MOST = 16;

  private static final int KEPT = 2;

  private final Path file;
  private final Connections connections;
  private final Duration patience;
  private final AtomicLong schema;
  private final Semaphore room = new Semaphore(MOST, true);
  private final ConcurrentLinkedDeque<SqlConnection> idle = new ConcurrentLinkedDeque<>();
  private final Set<Handover<?>> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads;
  private volatile boolean retired;
  private volatile boolean closed;

  Streams(Path file, Connections connections, Duration patience, AtomicLong schema) {
    this.file = file;
    this.connections = connections;
    this.patience = patience;
    this.schema = schema;
    this.threads = Executors.newCachedThreadPool(
        Thread.ofPlatform().daemon().name("sqlite-stream " + file.getFileName() + " ", 0).factory());
  }

  /** Does something on a thread and a connection of its own while the caller waits. */
  void run(SqlWork<?> work) {
    Deadline deadline = QueryDeadline.current();
    hand(deadline, (connection, _) -> work.run(connection), _ -> {
      throw new AssertionError("no rows");
    });
  }

  <T> long forEach(Deadline deadline, RowMapper<T> rows, String sql, Object[] values, Consumer<? super T> each) {
    return hand(deadline, (SqlConnection connection, Handover<T> to) -> connection.each(sql, rows, row -> to.put(row,
        rows.weight()), values), each);
  }

  /** Lets nobody begin any more, and waits until all have ended, or {@link #close} ends them: which one of their users may call. */
  void drain() {
    retired = true;
    try {
      while (!closed) {
        if (room.tryAcquire(MOST, 50, TimeUnit.MILLISECONDS)) {
          room.release(MOST);
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // then they are cut
    }
  }

  @FunctionalInterface
  private interface Source<T> {
    void read(SqlConnection connection, Handover<T> to) throws SQLException;
  }

  private <T> long hand(Deadline deadline, Source<T> source, Consumer<? super T> each) {
    if (retired) {
      throw SqlErrors.closed(file);
    }
    if (!Waits.permit(room, deadline.atMost(patience))) {
      throw new StoreException(Reason.BUSY, file + ": " + MOST
          + " streams are open (expected: at most so many at a time)");
    }
    var rows = new Handover<T>();
    try {
      open.add(rows);
      threads.execute(() -> read(deadline, source, rows));
      return use(rows, deadline, each);
    } catch (RejectedExecutionException _) {
      throw SqlErrors.closed(file);
    } finally {
      open.remove(rows);
      room.release();
    }
  }

  private <T> long use(Handover<T> rows, Deadline deadline, Consumer<? super T> each) {
    long count = 0;
    boolean done = false;
    Throwable failure;
    try {
      List<T> some = rows.take(deadline);
      while (!some.isEmpty()) {
        some.forEach(each);
        count += some.size();
        some = deadline.isOver() ? List.of() : rows.take(deadline);
      }
      done = rows.isDone();
    } finally {
      failure = rows.stop();
    }
    if (failure != null || !done) {
      raise(failure);
    }
    return count;
  }

  private void raise(@Nullable Throwable failure) {
    switch (failure) {
      case null -> throw SqlErrors.tooLate(file, null);
      case SQLException e -> throw closed ? SqlErrors.closed(file) : SqlErrors.translate(file, e);
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(failure);
    }
  }

  private <T> void read(Deadline deadline, Source<T> source, Handover<T> rows) {
    Throwable failure = null;
    try {
      SqlConnection connection = take();
      try {
        connection.limit(deadline, rows::isUnwanted);
        source.read(connection, rows);
      } finally {
        keep(connection);
      }
      failure = closed ? SqlErrors.closed(file) : null;
    } catch (Throwable t) { // whatever it is, the caller waits for it
      failure = t;
    }
    rows.end(failure);
  }

  private SqlConnection take() throws SQLException {
    SqlConnection kept = idle.poll();
    SqlConnection connection = kept == null ? connections.reader() : kept;
    connection.onSchema(schema.get());
    return connection;
  }

  private void keep(SqlConnection connection) throws SQLException {
    if (closed || idle.size() >= KEPT) {
      connection.close();
    } else {
      idle.push(connection);
    }
  }

  /** Ends what runs; its users are told that the database is closed. */
  @Override
  public void close() throws SQLException {
    closed = true;
    open.forEach(Handover::cut);
    threads.close();
    for (SqlConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
      connection.close();
    }
  }
}
