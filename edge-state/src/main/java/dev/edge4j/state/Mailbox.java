package dev.edge4j.state;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs what is offered one by one, in order, on a virtual thread that lives while there is something to run. Bounded; once
 * retired it takes nothing more. Safe for use by many threads.
 */
final class Mailbox {
  /** What became of an offer. */
  enum Offer {
    ACCEPTED, FULL, RETIRED
  }

  private final String name;
  private final int bound;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean running;
  private boolean retired;

  Mailbox(String name, int bound) {
    this.name = name;
    this.bound = bound;
  }

  /** What is accepted runs exactly once; it must not throw. */
  Offer offer(Runnable turn) {
    lock.lock();
    try {
      if (retired) {
        return Offer.RETIRED;
      }
      if (!running) {
        Thread.ofVirtual().name(name).start(() -> drain(turn));
        running = true;
        return Offer.ACCEPTED;
      }
      return waiting.size() < bound && waiting.add(turn) ? Offer.ACCEPTED : Offer.FULL;
    } finally {
      lock.unlock();
    }
  }

  /** Closes the mailbox for good if nothing runs and nothing waits; false otherwise. */
  boolean retire() {
    lock.lock();
    try {
      if (running) {
        return false;
      }
      retired = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void drain(Runnable first) {
    for (Optional<Runnable> next = Optional.of(first); next.isPresent(); next = next()) {
      next.get().run();
    }
  }

  private Optional<Runnable> next() {
    lock.lock();
    try {
      running = !waiting.isEmpty();
      return Optional.ofNullable(waiting.poll());
    } finally {
      lock.unlock();
    }
  }
}
