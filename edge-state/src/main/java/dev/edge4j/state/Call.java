package dev.edge4j.state;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One call: run once by the object's mailbox, awaited by the caller's thread. */
final class Call<R extends @Nullable Object> implements Runnable {
  /** What the mailbox runs. */
  interface Body<R extends @Nullable Object> {
    R run() throws TurnThrew;
  }

  private final ObjectId id;
  private final Body<R> body;
  private final Runnable finished;
  private final CompletableFuture<R> reply = new CompletableFuture<>();
  /** Taken either by the mailbox, to run the call, or by a caller that gives up before. */
  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * A call that is yet to be offered.
   *
   * @param finished runs once the mailbox is done with the call, whether it ran or not
   */
  Call(ObjectId id, Body<R> body, Runnable finished) {
    this.id = id;
    this.body = body;
    this.finished = finished;
  }

  @Override
  public void run() {
    try {
      if (taken.compareAndSet(false, true)) {
        reply.complete(body.run());
      }
    } catch (Throwable e) {
      reply.completeExceptionally(e);
    } finally {
      finished.run();
    }
  }

  /** Waits for the reply; an interrupt ends the wait, and the call too if it has not begun. */
  R await() throws TurnThrew {
    try {
      return reply.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Outcome outcome = taken.compareAndSet(false, true) ? Outcome.NOT_EXECUTED : Outcome.UNKNOWN;
      throw new ObjectException(id + ": interrupted while waiting for the reply", outcome, e);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  private RuntimeException rethrown(@Nullable Throwable e) throws TurnThrew {
    switch (e) {
      case TurnThrew threw -> throw threw;
      case ObjectException failed -> throw failed;
      case null, default -> throw new ObjectException(id + ": " + e, Outcome.UNKNOWN, e);
    }
  }
}
