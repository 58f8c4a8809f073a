package dev.edge4j.server.lanes;

import dev.edge4j.Exchange;
import dev.edge4j.server.limits.Concurrency;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds what runs off the event loops, and queues for a short while what comes past that. Requests that an offloading gate holds have a
 * bound of their own, or those that wait for a coalesced load would starve the one that loads.
 *
 * <p>Nobody waits here for anybody, no lock included: a loop behind a virtual thread that holds one, and is itself waiting for a
 * processor, would stand still. No wake-up is lost: whoever frees a place looks at the queue after that, and whoever queues looks for a
 * free place after that, so the later of the two sees the other. Safe for use by many threads.
 */
final class Permits implements Exchange.Admission {
  /** Waiting costs a virtual thread and little else, so many more may wait than work. */
  private static final int WAITERS_PER_HANDLER = 4;

  private final Semaphore handlers;
  private final Semaphore waiters;
  private final ConcurrentLinkedQueue<Queued> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final Concurrency limits;
  private final Counters counters;

  Permits(Concurrency limits, Counters counters) {
    this.limits = limits;
    this.counters = counters;
    this.handlers = new Semaphore(limits.maxConcurrent());
    this.waiters = new Semaphore(Math.toIntExact(Math.min(Integer.MAX_VALUE,
        (long) limits.maxConcurrent() * WAITERS_PER_HANDLER)));
  }

  /** A place among the handlers, unless there is none or others wait for one. */
  @Override
  public boolean tryEnter() {
    return queue.isEmpty() && handlers.tryAcquire();
  }

  /** Gives a place among the handlers back, to whoever has waited longest. */
  @Override
  public void leave() {
    if (!callNext()) {
      handlers.release();
      callWaiting();
    }
  }

  /** A place among those who wait in a gate. */
  boolean tryWait() {
    return waiters.tryAcquire();
  }

  void stopWaiting() {
    waiters.release();
  }

  /** Queues a request for a place among the handlers; on its loop. False if the queue is full. */
  boolean enqueue(Queued request) {
    if (queued.incrementAndGet() > limits.maxQueued()) {
      queued.decrementAndGet();
      return false;
    }
    counters.add(Counter.QUEUED);
    request.expireAfter(limits.maxQueueAge());
    queue.add(request);
    callWaiting();
    return true;
  }

  /** A request has left the queue, by whatever way. */
  void dequeued() {
    queued.decrementAndGet();
  }

  /** Forgets the requests at the head that wait no more. Those behind follow: none waits longer than the age limit. */
  void sweep() {
    for (Queued head = queue.peek(); head != null && !head.isWaiting(); head = queue.peek()) {
      queue.remove(head); // by identity, at the head; somebody else may have been first
    }
  }

  /** Gives free places to those who wait. */
  private void callWaiting() {
    while (!queue.isEmpty() && handlers.tryAcquire()) {
      if (!callNext()) {
        handlers.release();
      }
    }
  }

  /** Gives a place that the caller holds to the next who waits; false if nobody does. */
  private boolean callNext() {
    for (Queued next = queue.poll(); next != null; next = queue.poll()) {
      if (next.call()) {
        return true;
      }
    }
    return false;
  }

  /** Places free among the handlers. */
  int free() {
    return handlers.availablePermits();
  }

  int waiting() {
    return queued.get();
  }
}
