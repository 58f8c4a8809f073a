package dev.edge4j.data.postgres;

import java.util.ArrayDeque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** The tokens of the last batches that failed, by the identity of their lists. Safe for use by many threads. */
final class FailedBatches {
  private static final int KEPT = 64;

  private record Failed(List<?> events, String token) {}

  private final ArrayDeque<Failed> last = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** The token under which the list failed, or a new one. */
  String tokenOf(List<?> events) {
    lock.lock();
    try {
      return last.stream()
          .filter(failed -> isSame(failed, events))
          .map(Failed::token)
          .findFirst()
          .orElseGet(() -> UUID.randomUUID().toString());
    } finally {
      lock.unlock();
    }
  }

  void remember(List<?> events, String token) {
    lock.lock();
    try {
      last.removeIf(failed -> isSame(failed, events));
      if (last.size() == KEPT) {
        last.removeFirst();
      }
      last.addLast(new Failed(events, token));
    } finally {
      lock.unlock();
    }
  }

  void forget(List<?> events) {
    lock.lock();
    try {
      last.removeIf(failed -> isSame(failed, events));
    } finally {
      lock.unlock();
    }
  }

  /** Two lists of equal events are two batches. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Failed failed, List<?> events) {
    return failed.events == events;
  }
}
