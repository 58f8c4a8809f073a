package dev.edge4j.data.sqlite;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waits that end with a deadline and are not cut short by an interrupt, which is kept for the caller. */
final class Waits {
  @FunctionalInterface
  private interface Timed {
    boolean await(long nanos) throws InterruptedException;
  }

  private Waits() {}

  /** Takes a lock; false if the deadline is over first. */
  static boolean lock(ReentrantLock lock, Deadline deadline) {
    if (deadline.remaining().isEmpty()) {
      lock.lock();
      return true;
    }
    return timed(deadline, nanos -> lock.tryLock(nanos, TimeUnit.NANOSECONDS));
  }

  /** Waits for a signal, or for nothing: call it in a loop. False if the deadline is over. */
  @SuppressWarnings("WaitNotInLoop") // the caller's
  static boolean signal(Condition condition, Deadline deadline) {
    if (deadline.remaining().isEmpty()) {
      condition.awaitUninterruptibly();
      return true;
    }
    return timed(deadline, nanos -> condition.awaitNanos(nanos) > 0);
  }

  /** Takes a permit; false if there is none in time. */
  static boolean permit(Semaphore permits, Duration time) {
    Deadline deadline = Deadline.in(time, TimeSource.system());
    return timed(deadline, nanos -> permits.tryAcquire(nanos, TimeUnit.NANOSECONDS));
  }

  /** False if the deadline is over before there is an answer of whatever kind; without a deadline it does not wait. */
  static boolean inTime(CompletableFuture<?> answer, Deadline deadline) {
    return deadline.remaining().isEmpty() || answer.isDone() || timed(deadline, nanos -> isDone(answer, nanos));
  }

  /** Waits for the answer and gives it, or throws what it failed with. */
  static <T> T answer(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  private static boolean isDone(CompletableFuture<?> answer, long nanos) throws InterruptedException {
    try {
      answer.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException _) {
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  private static boolean timed(Deadline deadline, Timed wait) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.await(deadline.remaining().orElseThrow().toNanos());
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
