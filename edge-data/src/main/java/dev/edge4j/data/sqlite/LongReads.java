package dev.edge4j.data.sqlite;

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

  <T> CompletableFuture<T> submit(SqlWork<T> work) {
    var answer = new CompletableFuture<T>();
    try {
      threads.execute(() -> run(work, answer));
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

  private <T> void run(SqlWork<T> work, CompletableFuture<T> answer) {
    try {
      answer.complete(readers.read(work));
    } catch (Throwable t) { // whatever a caller's code throws is the caller's answer
      answer.completeExceptionally(SqlErrors.unchecked(file, t));
    }
  }
}
