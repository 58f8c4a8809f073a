package dev.edge4j.data.sqlite;

import dev.edge4j.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Rows on their way from the thread that reads them to the one that uses them: a few at a time, and never many bytes. */
final class Handover<T> {
  private static final int ROWS = 256;
  private static final long BYTES = 256 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<T> rows = new ArrayList<>();
  private long bytes;
  private boolean ended;
  private volatile boolean unwanted;
  private @Nullable Throwable failure;

  /** Waits for room; false if no more rows are wanted. */
  boolean put(T row, long weight) {
    lock.lock();
    try {
      while (!unwanted && !rows.isEmpty() && (rows.size() >= ROWS || bytes + weight > BYTES)) {
        changed.awaitUninterruptibly();
      }
      if (rows.isEmpty()) {
        changed.signalAll();
      }
      rows.add(row);
      bytes += weight;
      return !unwanted;
    } finally {
      lock.unlock();
    }
  }

  /** No more rows come, for this reason if there is one. */
  void end(@Nullable Throwable reason) {
    lock.lock();
    try {
      ended = true;
      failure = reason;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for rows; none when all have been taken, or if the deadline is over. */
  List<T> take(Deadline deadline) {
    lock.lock();
    try {
      while (rows.isEmpty() && !ended && Waits.signal(changed, deadline)) {
        // waits on
      }
      List<T> taken = rows;
      rows = new ArrayList<>();
      bytes = 0;
      changed.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Whether all rows have been taken. */
  boolean isDone() {
    lock.lock();
    try {
      return ended && rows.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Says that no more rows are wanted and waits until none come; why they ended, if it was a failure. */
  @Nullable
  Throwable stop() {
    cut();
    lock.lock();
    try {
      while (!ended) {
        changed.awaitUninterruptibly();
      }
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** Says that no more rows are wanted. */
  void cut() {
    lock.lock();
    try {
      unwanted = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isUnwanted() {
    return unwanted;
  }
}
