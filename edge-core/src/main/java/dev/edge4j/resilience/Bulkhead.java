package dev.edge4j.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Lets only so many calls to a dependency run at once, so that one that hangs does not take every thread and connection with it. A few more may
 * wait for a place, first come, first served, and none of them longer than it was told.
 *
 * <p>Source: Nygard, Release It!, "Bulkheads". Safe for use by many threads.
 */
public final class Bulkhead {
  /** Somebody who waits. Completed under no lock, with a place or with none. */
  record Waiter(CompletableFuture<Optional<Permit>> place, long since) {}

  private final int permits;
  private final int waiters;
  private final Duration longestWait;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiter> queue = new ArrayDeque<>();
  private int inUse;

  private Bulkhead(int permits, int waiters, Duration longestWait, LongSupplier nanoTime) {
    this.permits = permits;
    this.waiters = waiters;
    this.longestWait = longestWait;
    this.nanoTime = nanoTime;
  }

  /** One with that many places, where nobody waits. */
  public static Bulkhead of(int permits) {
    return of(permits, 0, Duration.ZERO);
  }

  /** One with that many places; when all are taken that many more may wait, each at most so long. */
  public static Bulkhead of(int permits, int waiters, Duration longestWait) {
    return of(permits, waiters, longestWait, System::nanoTime);
  }

  /** The same, by a clock of nanoseconds that may wrap. */
  public static Bulkhead of(int permits, int waiters, Duration longestWait, LongSupplier nanoTime) {
    if (permits < 1) {
      throw new IllegalArgumentException("permits: " + permits + " (expected: 1 or more)");
    }
    if (waiters < 0) {
      throw new IllegalArgumentException("waiters: " + waiters + " (expected: 0 or more)");
    }
    if (longestWait.isNegative()) {
      throw new IllegalArgumentException("longestWait: " + longestWait + " (expected: zero or more)");
    }
    return new Bulkhead(permits, waiters, longestWait, nanoTime);
  }

  /** A place, if one is free and nobody waits for it. Never waits. */
  public Optional<Permit> tryAcquire() {
    lock.lock();
    try {
      if (inUse >= permits || !queue.isEmpty()) {
        return Optional.empty();
      }
      inUse++;
      return Optional.of(permit());
    } finally {
      lock.unlock();
    }
  }

  /** A place, waited for if need be; empty if too many wait already, or the time is over. Blocks, so never on an event loop. */
  public Optional<Permit> acquire() throws InterruptedException {
    return acquire(longestWait);
  }

  /** As {@link #acquire()}, but waits no longer than {@code atMost} either. */
  public Optional<Permit> acquire(Duration atMost) throws InterruptedException {
    Waiter waiter = join();
    Duration wait = atMost.compareTo(longestWait) < 0 ? atMost : longestWait;
    try {
      return waiter.place.get(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return leave(waiter);
    } catch (InterruptedException e) {
      leave(waiter).ifPresent(Permit::close);
      throw e;
    } catch (ExecutionException e) {
      throw new AssertionError("nobody completes a waiter with an error", e);
    }
  }

  /** Takes a place, a place in the queue, or nothing: the future tells which. */
  Waiter join() {
    long now = nanoTime.getAsLong();
    var waiter = new Waiter(new CompletableFuture<>(), now);
    List<Waiter> late;
    Optional<Permit> place = Optional.empty();
    boolean waits = false;
    lock.lock();
    try {
      late = takeLate(now);
      if (inUse < permits && queue.isEmpty()) {
        inUse++;
        place = Optional.of(permit());
      } else if (queue.size() < waiters) {
        queue.addLast(waiter);
        waits = true;
      }
    } finally {
      lock.unlock();
    }
    refuse(late);
    if (!waits) {
      waiter.place.complete(place);
    }
    return waiter;
  }

  /** Stops waiting. A place that was handed over at the last moment is not lost: it is what this returns. */
  private Optional<Permit> leave(Waiter waiter) {
    boolean waited;
    lock.lock();
    try {
      waited = queue.remove(waiter);
    } finally {
      lock.unlock();
    }
    if (waited) {
      waiter.place.complete(Optional.empty());
    }
    return waiter.place.join(); // whoever took it out of the queue completes it right away
  }

  private Permit permit() {
    return new Permit(this::release);
  }

  private void release() {
    List<Waiter> late;
    Waiter next;
    lock.lock();
    try {
      late = takeLate(nanoTime.getAsLong());
      next = queue.pollFirst();
      if (next == null) {
        inUse--;
      }
    } finally {
      lock.unlock();
    }
    refuse(late);
    if (next != null) {
      next.place.complete(Optional.of(permit())); // the place goes from one to the other and is never free between
    }
  }

  private List<Waiter> takeLate(long now) {
    List<Waiter> late = new ArrayList<>(0);
    for (Waiter first = queue.peekFirst(); first != null
        && now - first.since > longestWait.toNanos(); first = queue.peekFirst()) {
      late.add(first);
      queue.removeFirst();
    }
    return late;
  }

  private static void refuse(List<Waiter> late) {
    late.forEach(waiter -> waiter.place.complete(Optional.empty()));
  }

  /** How many places are taken now. */
  public int inUse() {
    lock.lock();
    try {
      return inUse;
    } finally {
      lock.unlock();
    }
  }

  /** How many wait now. */
  public int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** True if {@link #acquire} could wait for a place now. */
  public boolean mayWait() {
    return waiting() < waiters;
  }
}
