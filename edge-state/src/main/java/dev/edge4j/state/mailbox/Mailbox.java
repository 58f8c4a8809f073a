package dev.edge4j.state.mailbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is offered: turns one by one, each alone, and readers beside each other, on virtual threads that live while there is
 * something to run. Within a lane in order of arrival. A turn may {@link #leave} and {@link #enter} again; who comes back goes before all that
 * wait. Bounded; once retired it takes nothing more. Safe for use by many threads.
 */
public final class Mailbox {
  /** What became of an offer. */
  public enum Offer {
    ACCEPTED, FULL, RETIRED
  }

  /** Whether what is offered must be alone. */
  public enum Kind {
    TURN, READER
  }

  private record Entry(Runnable work, Kind kind) {}

  private final String name;
  private final int bound;
  private final ReentrantLock lock = new ReentrantLock();
  private final Lanes<Entry> waiting = new Lanes<>();
  private final Deque<CountDownLatch> returning = new ArrayDeque<>(2);
  private boolean turn;
  private int readers;
  private int away;
  private boolean retired;

  /** A mailbox in which so many may wait. */
  public Mailbox(String name, int bound) {
    this.name = name;
    this.bound = bound;
  }

  /** What is accepted runs exactly once, unless it is {@linkplain #withdraw withdrawn}; it must not throw. The first of the lanes is 0, the last 2. */
  public Offer offer(Runnable work, Kind kind, int lane) {
    lock.lock();
    try {
      if (retired) {
        return Offer.RETIRED;
      }
      var entry = new Entry(work, kind);
      if (waiting.size() == 0 && mayStart(kind)) {
        start(entry);
        return Offer.ACCEPTED;
      }
      if (waiting.size() >= bound) {
        return Offer.FULL;
      }
      waiting.add(lane, entry);
      return Offer.ACCEPTED;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back what was accepted and still waits; false if it has begun, or is not there. What waited behind it may begin. */
  public boolean withdraw(Runnable work) {
    lock.lock();
    try {
      boolean waited = waiting.remove(entry -> entry.work() == work);
      startAll();
      return waited;
    } finally {
      lock.unlock();
    }
  }

  /** Called by the turn that runs, which lets others run until it is back. */
  public void leave() {
    lock.lock();
    try {
      turn = false;
      away++;
      startAll();
    } finally {
      lock.unlock();
    }
  }

  /** Called by who has left: waits, interrupted or not, until it is alone again. */
  public void enter() {
    var alone = new CountDownLatch(1);
    lock.lock();
    try {
      away--;
      if (mayStart(Kind.TURN)) {
        turn = true;
        return;
      }
      returning.add(alone);
    } finally {
      lock.unlock();
    }
    awaitUninterruptibly(alone);
  }

  /**
   * Closes the mailbox for good if nothing runs, nothing waits, nobody is away, and {@code also} agrees, which is asked while nothing can begin;
   * false otherwise.
   */
  public boolean retire(BooleanSupplier also) {
    lock.lock();
    try {
      if (turn || readers > 0 || away > 0 || waiting.size() > 0 || !returning.isEmpty()
          || !also.getAsBoolean()) {
        return false;
      }
      retired = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** How many wait. */
  public int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean mayStart(Kind kind) {
    return !turn && returning.isEmpty() && (kind == Kind.READER || readers == 0);
  }

  private void start(Entry entry) {
    if (entry.kind() == Kind.READER) {
      readers++;
      Thread.ofVirtual().name(name).start(() -> {
        entry.work().run();
        readerDone();
      });
    } else {
      turn = true;
      Thread.ofVirtual().name(name).start(() -> drain(entry));
    }
  }

  /** Runs turns for as long as the next one may begin at once, without a new thread for each. */
  private void drain(Entry first) {
    for (Entry next = first; next != null; next = turnDone()) {
      next.work().run();
    }
  }

  private @Nullable Entry turnDone() {
    lock.lock();
    try {
      turn = false;
      Entry next = waiting.peek();
      if (next != null && next.kind() == Kind.TURN && mayStart(Kind.TURN)) {
        turn = true;
        return waiting.poll();
      }
      startAll();
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void readerDone() {
    lock.lock();
    try {
      readers--;
      startAll();
    } finally {
      lock.unlock();
    }
  }

  /** Starts what may run now: who comes back first, then in the order of the lanes, until a turn has to wait. */
  private void startAll() {
    if (!turn && readers == 0 && !returning.isEmpty()) {
      turn = true;
      returning.remove().countDown();
    }
    for (Entry next = waiting.peek(); next != null && mayStart(next.kind()); next = waiting.peek()) {
      waiting.poll();
      start(next);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
