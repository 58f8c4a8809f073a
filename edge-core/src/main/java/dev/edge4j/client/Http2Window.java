package dev.edge4j.client;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of bodies an origin takes now: over the whole connection, and of each stream (RFC 9113 section 5.2). One lock for all of them, under which nothing is done
 * but to count. Safe for use by many threads.
 */
final class Http2Window {
  private static final long MOST = Integer.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private long connection = 65_535;
  private long initial = 65_535;
  private @Nullable OriginException failure;

  /** What is left of one stream's: what all begin with now, and what this one has got and used since. */
  final class Share {
    private long change;
    private boolean ended;
    private boolean whole;

    /** Waits for room and takes some of it; 0 once nobody wants the rest. */
    int take(int most, long waitNanos) throws OriginException, InterruptedException {
      lock.lock();
      try {
        long wait = waitNanos;
        while (failure == null && !ended && Math.min(initial + change, connection) <= 0) {
          if (wait <= 0) {
            throw OriginException.timeout("the origin did not take the request's body in time");
          }
          wait = grown.awaitNanos(wait);
        }
        if (failure != null) {
          throw failure;
        }
        if (ended) {
          return 0;
        }
        int taken = (int) Math.min(most, Math.min(initial + change, connection));
        change -= taken;
        connection -= taken;
        return taken;
      } finally {
        lock.unlock();
      }
    }

    /** False if it has become larger than it may be. */
    boolean grow(int bytes) {
      lock.lock();
      try {
        change += bytes;
        grown.signalAll();
        return initial + change <= MOST;
      } finally {
        lock.unlock();
      }
    }

    /** Gives back what was taken and not sent. */
    private void restore(int bytes) {
      connection += bytes;
      grown.signalAll();
    }

    /**
     * Asked under the lock of the output, right before a piece is sent that was taken: false if the stream has ended meanwhile. Some servers take what
     * comes behind for an error of the whole connection.
     *
     * @param last true if nothing follows it
     */
    boolean maySend(int taken, boolean last) {
      lock.lock();
      try {
        if (ended) {
          restore(taken);
        } else {
          whole = last;
        }
        return !ended;
      } finally {
        lock.unlock();
      }
    }

    /** True once the last piece is on its way. */
    boolean isWhole() {
      lock.lock();
      try {
        return whole;
      } finally {
        lock.unlock();
      }
    }

    void end() {
      lock.lock();
      try {
        ended = true;
        grown.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  Share share() {
    return new Share();
  }

  /** False if it has become larger than it may be. */
  boolean grow(int bytes) {
    lock.lock();
    try {
      connection += bytes;
      grown.signalAll();
      return connection <= MOST;
    } finally {
      lock.unlock();
    }
  }

  /** Changes what streams begin with, and by as much those that are there (section 6.9.2). */
  void begin(long bytes) {
    lock.lock();
    try {
      initial = bytes;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void fail(OriginException cause) {
    lock.lock();
    try {
      failure = cause;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
