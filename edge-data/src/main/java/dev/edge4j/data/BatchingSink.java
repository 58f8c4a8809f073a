package dev.edge4j.data;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps events in memory until there are enough of them or the first has waited long enough, then hands them on together.
 * Appending never waits for the sink behind: past the bound, events are dropped, and counted. Batches arrive in order. A batch
 * that fails is tried again, up to three times with the delay between, then dropped, counted and logged; an {@link IdempotentSink} counts it
 * once, also where only the answer was lost. What waits is lost if the process is killed; {@code dev.edge4j.data.outbox.Outbox} is for
 * events that must not be.
 */
public final class BatchingSink implements EventSink {
  private static final Logger LOG = LoggerFactory.getLogger(BatchingSink.class);
  private static final int ATTEMPTS = 3;
  /** How many full batches may wait while the sink behind is slow. */
  private static final int BATCHES_KEPT = 16;

  private final EventSink sink;
  private final int count;
  private final long delayNanos;
  private final int capacity;
  private final Thread flusher;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Object> waiting = new ArrayDeque<>();
  private long taken;
  private long settled;
  private long flushUpTo;
  private long oldestNanos;
  private long dropped;
  private boolean closed;

  /**
   * Batches of up to {@code count} events, none kept back longer than {@code delay}; 16 batches may wait. Closing it closes the
   * sink behind.
   */
  public BatchingSink(EventSink sink, int count, Duration delay) {
    this(sink, count, delay, Math.multiplyExact(count, BATCHES_KEPT));
  }

  /** As above, with {@code capacity} events that may wait. */
  public BatchingSink(EventSink sink, int count, Duration delay, int capacity) {
    if (count < 1 || capacity < count || !delay.isPositive()) {
      throw new IllegalArgumentException("count, capacity, delay: " + count + ", " + capacity + ", " + delay
          + " (expected: at least 1, at least the count, positive)");
    }
    this.sink = sink;
    this.count = count;
    this.delayNanos = delay.toNanos();
    this.capacity = capacity;
    this.flusher = Thread.ofVirtual().name("batching-sink").unstarted(this::run);
  }

  @Override
  public void appendAll(List<?> events) {
    events.forEach(BatchingSink::check);
    lock.lock();
    try {
      if (closed) {
        throw new StoreException(StoreException.Reason.CLOSED, "the event sink is closed");
      }
      for (Object event : events) {
        take(event);
      }
      if (flusher.getState() == Thread.State.NEW) {
        flusher.start();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void flush() {
    lock.lock();
    try {
      long target = taken;
      flushUpTo = Math.max(flushUpTo, target);
      changed.signalAll();
      while (settled < target) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    sink.flush();
  }

  @Override
  public long dropped() {
    lock.lock();
    try {
      return dropped + sink.dropped();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String engine() {
    return sink.engine();
  }

  /** Hands on what waits, with three attempts but no delay between them, and closes the sink behind. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    flush();
    sink.close();
    if (dropped() > 0) {
      LOG.warn("{} sink closed: {} events were dropped in its life", engine(), dropped());
    }
  }

  private void take(Object event) {
    if (waiting.size() >= capacity) {
      if (dropped == 0) {
        LOG.warn("{} sink is behind: {} events wait, further ones are dropped and counted", engine(), capacity);
      }
      dropped++;
      return;
    }
    if (waiting.isEmpty()) {
      oldestNanos = System.nanoTime();
    }
    waiting.add(event);
    taken++;
  }

  private void run() {
    for (List<Object> batch = next(); !batch.isEmpty(); batch = next()) {
      long lost = deliver(batch) ? 0 : batch.size();
      lock.lock();
      try {
        dropped += lost;
        settled += batch.size();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits for a batch that is due; empty once closed and drained. */
  private List<Object> next() {
    lock.lock();
    try {
      while (!isDue() && !(closed && waiting.isEmpty())) {
        awaitChange(waiting.isEmpty() ? Long.MAX_VALUE : oldestNanos + delayNanos - System.nanoTime());
      }
      var batch = new ArrayList<Object>(Math.min(count, waiting.size()));
      while (batch.size() < count && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      oldestNanos = System.nanoTime();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue() {
    return !waiting.isEmpty() && (closed || waiting.size() >= count || settled < flushUpTo
        || System.nanoTime() - oldestNanos >= delayNanos);
  }

  private boolean deliver(List<Object> batch) {
    String token = UUID.randomUUID().toString();
    for (int attempt = 1;; attempt++) {
      try {
        hand(token, batch);
        return true;
      } catch (RuntimeException | Error e) { // the flusher must outlive them, or flush would wait for ever
        if (attempt == ATTEMPTS) {
          LOG.error("{} sink failed {} times: {} events are dropped", engine(), ATTEMPTS, batch.size(), e);
          return false;
        }
        LOG.warn("{} sink failed, will try again: {}", engine(), e.toString());
        pause();
      }
    }
  }

  private void hand(String token, List<Object> batch) {
    if (sink instanceof IdempotentSink once) {
      once.appendOnce(token, batch);
    } else {
      sink.appendAll(batch);
    }
  }

  private void pause() {
    lock.lock();
    try {
      long end = System.nanoTime() + delayNanos;
      for (long left = delayNanos; left > 0 && !closed; left = end - System.nanoTime()) {
        awaitChange(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody interrupts the flusher; should it happen, it goes on. */
  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private void awaitChange(long nanos) {
    try {
      long _ = changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      LOG.debug("the flusher was interrupted, and goes on", e);
    }
  }

  private static void check(Object event) {
    if (!(event instanceof Record) && !(event instanceof Map)) {
      throw new IllegalArgumentException("event: " + event.getClass().getName() + " (expected: a record or a map)");
    }
  }
}
