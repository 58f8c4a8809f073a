package dev.edge4j.testing;

import dev.edge4j.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A time that stands still until {@link #advance} moves it: {@code app.time(clock)} makes it the application's own. Being an
 * {@link java.time.InstantSource} as well, it is also the clock of caches and stores.
 *
 * <p>Timers run on the thread that advances, in order of their times and then of their making, and each sees the time it was due.
 *
 * <p>Safe for use by many threads; advances happen one after another.
 */
public final class VirtualClock implements TimeSource {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** One second before the wrap: who compares nanoseconds instead of their difference is found out. */
  private static final long NANO_ORIGIN = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

  private record Pending(long due, long number, Runnable task) {}

  private final Instant start;
  /** Held during a whole advance, tasks included; a task may advance further by itself. */
  private final ReentrantLock moving = new ReentrantLock();
  /** Guards the state below, never while a task runs. */
  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Pending> timers = new PriorityQueue<>(
      Comparator.comparingLong(Pending::due).thenComparingLong(Pending::number));
  private long elapsed;
  private long made;

  /** Stands at the first instant of 2026, UTC. */
  public VirtualClock() {
    this(START);
  }

  /** Stands at that instant. */
  public VirtualClock(Instant start) {
    this.start = start;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(elapsed());
  }

  @Override
  public long nanoTime() {
    return NANO_ORIGIN + elapsed();
  }

  /** Makes a timer for an {@link #advance} to run; one without delay runs at the next of them, {@code advance(Duration.ZERO)} say. */
  @Override
  public Timer after(Duration delay, Runnable task) {
    lock.lock();
    try {
      var timer = new Pending(plus(elapsed, delay), made++, task);
      timers.add(timer);
      return () -> cancel(timer);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves the time and runs what falls due on the way, timers that are made meanwhile included. What a timer throws is thrown here,
   * once the others have run and the time has arrived; what more of them throw is suppressed in it.
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("advance by " + by + " (expected: not backwards)");
    }
    moving.lock();
    try {
      long until = plus(elapsed(), by);
      var failures = new ArrayList<Throwable>();
      for (Optional<Pending> next = due(until); next.isPresent(); next = due(until)) {
        run(next.get().task(), failures);
      }
      arrive(until);
      rethrow(failures);
    } finally {
      moving.unlock();
    }
  }

  /** Number of timers that have neither run nor been cancelled. */
  public int pendingTimers() {
    lock.lock();
    try {
      return timers.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the next timer that is due by then, and moves the time to it. */
  private Optional<Pending> due(long until) {
    lock.lock();
    try {
      Pending first = timers.peek();
      if (first == null || first.due() > until) {
        return Optional.empty();
      }
      timers.remove();
      arrive(first.due());
      return Optional.of(first);
    } finally {
      lock.unlock();
    }
  }

  /** Never goes back: a task may have advanced further than the advance that runs it. */
  private void arrive(long at) {
    lock.lock();
    try {
      elapsed = Math.max(elapsed, at);
    } finally {
      lock.unlock();
    }
  }

  private long elapsed() {
    lock.lock();
    try {
      return elapsed;
    } finally {
      lock.unlock();
    }
  }

  private void cancel(Pending timer) {
    lock.lock();
    try {
      timers.remove(timer);
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds, at most as many as a long holds: 292 years. */
  private static long plus(long from, Duration delay) {
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(delay));
    return from > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : from + nanos;
  }

  private static void run(Runnable task, List<Throwable> failures) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      failures.add(e);
    }
  }

  private static void rethrow(List<Throwable> failures) {
    if (failures.isEmpty()) {
      return;
    }
    Throwable first = failures.getFirst();
    failures.stream().filter(other -> other != first).forEach(first::addSuppressed);
    if (first instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) first;
  }

  /** The instant it stands at. */
  @Override
  public String toString() {
    return instant().toString();
  }
}
