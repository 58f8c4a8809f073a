package dev.edge4j.data.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The bounded line in front of the writer: first come, first served, and once closed nobody is let in any more. */
final class WriteQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition notFull = lock.newCondition();
  private final ArrayDeque<PendingWrite<?>> waiting = new ArrayDeque<>();
  private final int capacity;
  private boolean closed;

  WriteQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Waits for room; false if the queue is closed, or the write's deadline is over first: then it has been given up. An interrupt does
   * not cut the wait short.
   */
  boolean put(PendingWrite<?> write, boolean beyondCapacity) {
    lock.lock();
    try {
      while (!closed && !beyondCapacity && waiting.size() >= capacity) {
        if (!Waits.signal(notFull, write.deadline()) && write.giveUp()) {
          return false;
        }
      }
      if (closed) {
        return false;
      }
      waiting.add(write);
      notEmpty.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for at least one write and takes up to {@code most}; an empty list says closed and drained. */
  List<PendingWrite<?>> take(int most) {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        notEmpty.awaitUninterruptibly();
      }
      var group = new ArrayList<PendingWrite<?>>(Math.min(most, waiting.size()));
      while (group.size() < most && !waiting.isEmpty()) {
        group.add(waiting.remove());
      }
      notFull.signalAll();
      return group;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      notEmpty.signalAll();
      notFull.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
