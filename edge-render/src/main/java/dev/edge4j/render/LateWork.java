package dev.edge4j.render;

import dev.edge4j.Deadline;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;

/** The work behind the {@link Late}s that were made of it. Safe for use by many threads. */
final class LateWork<T> extends FutureTask<T> {
  private final Deadline deadline;
  private final long began = System.nanoTime();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  LateWork(Callable<? extends T> work, Deadline deadline) {
    super(() -> Objects.requireNonNull(work.call(),
        "a late value is null (expected: an Optional, where there may be none)"));
    this.deadline = deadline;
  }

  Deadline deadline() {
    return deadline;
  }

  /** On the scale of {@link System#nanoTime}. */
  long began() {
    return began;
  }

  void whenDone(Runnable listener) {
    var _ = ended.thenRun(listener);
  }

  @Override
  protected void done() {
    ended.complete(null);
  }
}
