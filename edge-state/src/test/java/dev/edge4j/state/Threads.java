package dev.edge4j.state;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Callers of their own threads. */
final class Threads {
  private Threads() {}

  /** Calls on a virtual thread of its own. */
  static <T> CompletableFuture<T> call(Callable<T> call) {
    var reply = new CompletableFuture<T>();
    Thread.startVirtualThread(() -> {
      try {
        reply.complete(call.call());
      } catch (Throwable e) {
        reply.completeExceptionally(e);
      }
    });
    return reply;
  }

  /** What a call failed with. */
  static Throwable failure(CompletableFuture<?> reply) {
    try {
      throw new AssertionError("no failure but " + reply.join());
    } catch (CompletionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  /** What is known of a call that failed. */
  static Outcome outcome(CompletableFuture<?> reply) {
    return ((ObjectException) failure(reply)).outcome();
  }

  static void await(CountDownLatch latch) {
    TurnsAreSerialTest.await(latch);
  }

  static void awaitThat(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
