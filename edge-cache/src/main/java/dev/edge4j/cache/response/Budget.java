package dev.edge4j.cache.response;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies that still arrive may be held at once, all of them together. Safe for use by many threads. */
final class Budget {
  private final AtomicLong left;

  Budget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  boolean tryTake(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  void giveBack(long bytes) {
    left.addAndGet(bytes);
  }
}
