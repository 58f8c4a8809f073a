package dev.edge4j;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to interrupt a thread while it runs one thing: at most once, and without a trace once that thing has ended. Safe for use
 * by many threads.
 */
final class Interruption {
  private final ReentrantLock lock = new ReentrantLock();
  private final Thread thread;
  private boolean fired;
  private boolean ended;

  Interruption(Thread thread) {
    this.thread = thread;
  }

  /** True if that came of an interrupt of the thread that threw it: by its type, or that of its cause. */
  static boolean isBehind(Throwable error) {
    Throwable cause = error.getCause();
    return isOne(error) || (cause != null && isOne(cause));
  }

  private static boolean isOne(Throwable error) {
    return error instanceof InterruptedException
        || (error instanceof InterruptedIOException && !(error instanceof SocketTimeoutException));
  }

  void fire() {
    lock.lock();
    try {
      if (!fired && !ended) {
        fired = true;
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The thing has ended; called on its thread. An interrupt that it did not take note of is forgotten. */
  void end() {
    lock.lock();
    try {
      ended = true;
      if (fired) {
        boolean _ = Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }
}
