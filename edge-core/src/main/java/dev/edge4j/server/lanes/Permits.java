package dev.edge4j.server.lanes;

import dev.edge4j.Exchange;
import java.util.concurrent.Semaphore;

/**
 * Bounds what runs off the event loops. Requests that an offloading gate holds have a bound of their own, or those that wait for
 * a coalesced load would starve the one that loads.
 */
final class Permits implements Exchange.Admission {
  /** Waiting costs a virtual thread and little else, so many more may wait than work. */
  private static final int WAITERS_PER_HANDLER = 4;

  private final Semaphore handlers;
  private final Semaphore waiters;

  Permits(int maxConcurrent) {
    this.handlers = new Semaphore(maxConcurrent);
    this.waiters = new Semaphore(maxConcurrent * WAITERS_PER_HANDLER);
  }

  @Override
  public boolean tryEnter() {
    return handlers.tryAcquire();
  }

  @Override
  public void leave() {
    handlers.release();
  }

  /** Takes a place for the slow lane: of an offloaded request among those who wait in a gate, else among the handlers. */
  boolean tryTake(boolean offloaded) {
    return (offloaded ? waiters : handlers).tryAcquire();
  }

  void giveBack(boolean offloaded) {
    (offloaded ? waiters : handlers).release();
  }
}
