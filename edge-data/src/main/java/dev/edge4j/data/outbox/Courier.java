package dev.edge4j.data.outbox;

import dev.edge4j.data.EventSink;
import dev.edge4j.data.IdempotentSink;
import dev.edge4j.data.JsonEvent;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.outbox.OutboxStore.Change;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that brings events from the disk to the sink, batch after batch, each until the sink has it or it is set aside. */
final class Courier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final OutboxStore store;
  private final EventSink sink;
  private final OutboxOptions options;
  private final Counts counts;
  private final Thread thread = Thread.ofVirtual().name("outbox").unstarted(this::run);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int flushers;
  private long steps;
  /** The disk is told what became of a batch, and the counts are not yet. */
  private boolean settling;
  /** When the first of the events that wait came, or a little later. */
  private long oldestNanos;
  /** A batch was tried and is still there. */
  private boolean again;
  private boolean closing;
  private long closeNanos;
  /** While closing: the sink has failed, so it is left for the next start. */
  private boolean givenUp;
  private volatile int failures;

  Courier(OutboxStore store, EventSink sink, OutboxOptions options, Counts counts) {
    this.store = store;
    this.sink = sink;
    this.options = options;
    this.counts = counts;
  }

  void start() {
    again = counts.waiting.get() > 0; // what is left from before has waited long enough
    thread.start();
  }

  /** Whether the last try has failed for a reason other than the events. */
  boolean isAway() {
    return failures > 0;
  }

  /** Hands events to the sink. */
  void deliver(String token, List<JsonEvent> events) {
    if (sink instanceof IdempotentSink once) {
      once.appendOnce(token, events);
    } else {
      sink.appendAll(events);
    }
  }

  /** What the sink throws about the events, or by a mistake of its own that the events bring out; the rest is an outage. */
  static boolean atFault(Throwable e) {
    return switch (e) {
      case StoreException store -> store.permanent();
      case UncheckedIOException _ -> false;
      case RuntimeException _ -> true;
      default -> false;
    };
  }

  /** Events have come. */
  void came(Change change) {
    boolean first = counts.apply(change);
    long waiting = counts.waiting.get();
    if (!first && waiting < options.batch().events() && counts.waitingBytes.get() < options.batch().bytes()) {
      return;
    }
    lock.lock();
    try {
      if (first) {
        oldestNanos = System.nanoTime();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Delivers without waiting for full batches until nothing waits that does now; false if that takes longer. */
  boolean flush(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    long target = store.lastEvent();
    flushing(1);
    try {
      long seen = steps();
      while (store.anyUpTo(target)) {
        if (!awaitStep(seen, end)) {
          return false;
        }
        seen = steps();
      }
      return awaitSettled(end);
    } finally {
      flushing(-1);
    }
  }

  private void flushing(int change) {
    lock.lock();
    try {
      flushers += change;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long steps() {
    lock.lock();
    try {
      return steps;
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitStep(long seen, long end) {
    lock.lock();
    try {
      while (steps == seen) {
        if (closing || end - System.nanoTime() <= 0) {
          return false;
        }
        awaitChange(end - System.nanoTime());
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the counts say what the disk does; false if that takes longer. */
  private boolean awaitSettled(long end) {
    lock.lock();
    try {
      while (settling && end - System.nanoTime() > 0) {
        awaitChange(end - System.nanoTime());
      }
      return !settling;
    } finally {
      lock.unlock();
    }
  }

  /** Delivers what it can in the time that is left, and ends. */
  void close(Duration drain) {
    lock.lock();
    try {
      closing = true;
      closeNanos = System.nanoTime() + drain.toNanos();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!thread.join(drain.plusMillis(1))) {
        thread.interrupt(); // a sink that hangs; the batch keeps its token
        thread.join(LAST_WORDS);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = Duration.ZERO;
    while (awaitDue(pause)) {
      long begin = System.nanoTime();
      try {
        pause = step();
      } catch (RuntimeException | Error e) { // the disk: nothing is lost, and the thread must outlive it
        pause = failed(e);
      }
      stepped(begin);
    }
  }

  /** One try of one batch; how long to wait before the next. */
  private Duration step() {
    Optional<KeptBatch> next = store.next(options.batch());
    if (next.isEmpty()) {
      again = false;
      return Duration.ZERO;
    }
    KeptBatch batch = next.get();
    again = true;
    try {
      deliver(batch.token(), batch.events());
    } catch (RuntimeException | Error e) {
      return atFault(e) ? refused(batch, e) : failed(e);
    }
    settle();
    counts.apply(store.delivered(batch));
    counts.delivered.addAndGet(batch.size());
    if (failures > 0) {
      LOG.info("{}: the {} sink is back, {} events wait", store.file(), sink.engine(), counts.waiting);
    }
    failures = 0;
    again = false;
    return Duration.ZERO;
  }

  private void settle() {
    lock.lock();
    try {
      settling = true;
    } finally {
      lock.unlock();
    }
  }

  private Duration refused(KeptBatch batch, Throwable e) {
    settle();
    Change change = store.refused(batch, String.valueOf(e.getMessage()), options.attempts());
    counts.apply(change);
    if (change.aside() > 0) {
      LOG.error("{}: an event is set aside, the {} sink does not take it: {}", store.file(), sink.engine(), e
          .toString());
    }
    // An attempt that may have been the network's mood waits a little; halves and what was set aside do not.
    return batch.failures() + 1 < options.attempts() ? options.backoff().after(1, ThreadLocalRandom.current())
        : Duration.ZERO;
  }

  private Duration failed(Throwable e) {
    int inARow = failures + 1;
    failures = inARow;
    if (inARow == 1) {
      LOG.warn("{}: the {} sink fails, events wait on disk: {}", store.file(), sink.engine(), e.toString());
    } else {
      LOG.debug("{}: the {} sink has failed {} times", store.file(), sink.engine(), inARow, e);
    }
    return options.backoff().after(inARow, ThreadLocalRandom.current());
  }

  private void stepped(long begin) {
    lock.lock();
    try {
      steps++;
      settling = false;
      oldestNanos = begin; // what is left has come since, or nearly
      givenUp = closing && failures > 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end of the pause, and then for a batch that is due; false once closed, and drained or out of time. */
  private boolean awaitDue(Duration pause) {
    lock.lock();
    try {
      long end = System.nanoTime() + pause.toNanos();
      for (long left = pause.toNanos(); left > 0 && !closing; left = end - System.nanoTime()) {
        awaitChange(left);
      }
      while (!closing && !isDue()) {
        boolean idle = counts.waiting.get() <= 0;
        awaitChange(idle ? Long.MAX_VALUE : oldestNanos + options.batch().delay().toNanos() - System.nanoTime());
      }
      return !closing || (counts.waiting.get() > 0 && !givenUp && closeNanos - System.nanoTime() > 0);
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue() {
    long waiting = counts.waiting.get();
    return waiting > 0 && (again || flushers > 0 || waiting >= options.batch().events()
        || counts.waitingBytes.get() >= options.batch().bytes()
        || System.nanoTime() - oldestNanos >= options.batch().delay().toNanos());
  }

  /** Interrupted only when it is to end: then the next look at the time says so. */
  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private void awaitChange(long nanos) {
    try {
      long _ = changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      LOG.debug("interrupted, which closing does", e);
    }
  }
}
