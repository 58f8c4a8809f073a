package dev.edge4j.data.sqlite;

import dev.edge4j.Deadline;
import dev.edge4j.data.RowChange;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer: a platform thread that runs every write that waits inside one transaction and pays for one flush to disk.
 * Five times the commits of a transaction per write with 64 callers, twenty times with 512, and no worse with one.
 *
 * <p>A platform thread, because a commit is a native call that holds its carrier: two virtual threads that commit in a loop
 * starve every other on two cores.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  private final Path file;
  private final SqlConnection connection;
  private final WriteQueue queue;
  private final int groupSize;
  private final AtomicLong schema;
  private final ChangeLog changes;
  private final WalBound wal;
  private final UnaryOperator<Throwable> errors;
  private final Thread thread;

  GroupCommit(Path file, SqlConnection connection, SqliteOptions options, AtomicLong schema, ChangeLog changes) {
    this.file = file;
    this.connection = connection;
    this.queue = new WriteQueue(options.queueCapacity());
    this.groupSize = options.groupSize();
    this.schema = schema;
    this.changes = changes;
    this.wal = new WalBound(file, options.busyTimeout());
    this.errors = thrown -> SqlErrors.unchecked(file, thrown);
    this.thread = Thread.ofPlatform().daemon().name("sqlite-writer " + file.getFileName()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  <T> PendingWrite<T> submit(Deadline deadline, SqlWork<T> work) {
    var write = new PendingWrite<T>(work, deadline);
    if (!queue.put(write, isWriter())) { // the writer itself must not wait for itself to make room
      write.answer().completeExceptionally(write.giveUp() ? SqlErrors.closed(file) : SqlErrors.tooLate(file, null));
    }
    return write;
  }

  boolean isWriter() {
    return Thread.currentThread() == thread;
  }

  /** Lets nobody in any more, commits what waits and closes the connection. */
  @Override
  public void close() throws SQLException {
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }

  private void run() {
    List<PendingWrite<?>> group = queue.take(groupSize);
    while (!group.isEmpty()) {
      commit(group);
      group = queue.take(groupSize);
    }
  }

  private void commit(List<PendingWrite<?>> group) {
    List<RowChange> changed;
    boolean committing = false;
    try {
      connection.control("BEGIN IMMEDIATE");
      for (PendingWrite<?> write : group) {
        write.runIn(connection);
      }
      changed = changes.take(connection);
      committing = true;
      connection.control("COMMIT");
    } catch (Throwable t) { // the writer must outlive whatever happens to one group
      rollBack();
      Throwable loss = SqlErrors.ofGroup(file, t, committing);
      group.forEach(write -> write.lose(loss, errors));
      return;
    }
    if (connection.takeChangedSchema()) {
      schema.incrementAndGet();
    }
    changes.tell(changed);
    group.forEach(write -> write.succeed(errors));
    wal.afterCommit(connection);
  }

  private void rollBack() {
    changes.suspect();
    try {
      connection.takeChangedSchema();
      connection.control("ROLLBACK");
    } catch (SQLException e) {
      LOG.debug("{}: nothing to roll back: {}", file, e.getMessage());
    }
  }
}
