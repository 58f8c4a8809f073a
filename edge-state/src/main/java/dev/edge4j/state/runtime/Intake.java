package dev.edge4j.state.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.Outcome;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the calls between acceptance and reply, so that closing can wait for them. While it drains, calls made inside turns are
 * still taken: the turns that make them are what is waited for. Safe for use by many threads.
 */
public final class Intake {
  private enum State {
    OPEN, DRAINING, CLOSED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private State state = State.OPEN;
  private long running;

  /** Takes a call, which {@link #leave} ends; throws {@link ObjectException} if none are taken any more. */
  void enter(ObjectId id, boolean insideTurn) {
    lock.lock();
    try {
      if (state == State.CLOSED || (state == State.DRAINING && !insideTurn)) {
        throw new ObjectException(id + ": the durable objects are closed", Outcome.NOT_EXECUTED);
      }
      running++;
    } finally {
      lock.unlock();
    }
  }

  /** Whether calls are taken from outside. */
  boolean isOpen() {
    lock.lock();
    try {
      return state == State.OPEN;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      if (--running == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more calls and waits for those taken; false if some still run after the time, or the wait was interrupted. */
  public boolean drain(Duration atMost) {
    lock.lock();
    try {
      state = State.DRAINING;
      long left = TimeUnit.NANOSECONDS.convert(atMost);
      while (running > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
      return running == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      state = State.CLOSED;
      lock.unlock();
    }
  }
}
