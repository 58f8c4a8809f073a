package dev.edge4j.data.sqlite;

import dev.edge4j.Deadline;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Long queries: as many platform threads as connections. Each waiting query has a waiting caller, so the line is no longer than that. */
final class LongReads implements AutoCloseable {
  private final Path file;
  private final ReaderPool readers;
  private final ExecutorService threads;

  LongReads(ReaderPool readers, Path file, int count) {
    this.readers = readers;
    this.file = file;
    this.threads = Executors.newFixedThreadPool(count,
        Thread.ofPlatform().daemon().name("sqlite-reader " + file.getFileName() + " ", 0).factory());
  }

  <T> CompletableFuture<T> submit(Deadline deadline, SqlWork<T> work) {
    var answer = new CompletableFuture<T>();
    try {
      threads.execute(() -> run(deadline, work, answer));
    } catch (RejectedExecutionException _) {
      answer.completeExceptionally(SqlErrors.closed(file));
    }
    return answer;
  }

  @Override
  public void close() throws SQLException {
    threads.close();
    readers.close();
  }

  private <T> void run(Deadline deadline, SqlWork<T> work, CompletableFuture<T> answer) {
    if (answer.isDone()) { // its caller has gone
      return;
    }
    try {
      answer.complete(readers.read(deadline, work));
    } catch (Throwable t) { // whatever a caller's code throws is the caller's answer
      answer.completeExceptionally(SqlErrors.unchecked(file, t));
    }
  }
}
