package dev.edge4j.data.sqlite;

import dev.edge4j.Deadline;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One work on its way through a group commit: it runs inside a savepoint and is answered once its group is durable. */
final class PendingWrite<T> {
  private final SqlWork<T> work;
  private final Deadline deadline;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private @Nullable Throwable failure;
  private @Nullable T result;

  /** Once the deadline is over it does not begin, and its reads end; a statement that writes is not cut. */
  PendingWrite(SqlWork<T> work, Deadline deadline) {
    this.work = work;
    this.deadline = deadline;
  }

  Deadline deadline() {
    return deadline;
  }

  /** Gives the write up if it has not begun; false if it has, and the outcome must be waited for. */
  boolean giveUp() {
    return begun.compareAndSet(false, true);
  }

  CompletableFuture<T> answer() {
    return answer;
  }

  /** Throws only if the group as a whole is lost: the transaction is no longer there to return to. */
  void runIn(SqlConnection connection) throws SQLException {
    if (answer.isDone() || !begun.compareAndSet(false, true)) { // cancelled or given up while it waited
      return;
    }
    connection.control("SAVEPOINT work");
    connection.limit(deadline);
    try {
      result = work.run(connection);
      connection.control("RELEASE work");
    } catch (Throwable t) { // whatever a caller's code throws is the caller's answer
      failure = t;
      undo(connection, t);
    } finally {
      connection.limit(Deadline.none());
    }
  }

  /** Answers the caller after the commit of the group. */
  @SuppressWarnings("NullAway") // result is set unless failure is, or the answer was cancelled and is already there
  void succeed(UnaryOperator<Throwable> errors) {
    if (failure == null) {
      answer.complete(result);
    } else {
      answer.completeExceptionally(errors.apply(failure));
    }
  }

  /** Answers the caller when the group is lost; a work that threw keeps its own error. */
  void lose(Throwable loss, UnaryOperator<Throwable> errors) {
    answer.completeExceptionally(errors.apply(failure == null ? loss : failure));
  }

  private static void undo(SqlConnection connection, Throwable cause) throws SQLException {
    try {
      connection.control("ROLLBACK TO work");
      connection.control("RELEASE work");
    } catch (SQLException e) {
      e.addSuppressed(cause);
      throw e;
    }
  }
}
