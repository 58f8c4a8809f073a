package dev.edge4j.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The same call several times at once, and the first that succeeds. The threads of the others are interrupted at the end, and what they still bring is closed. */
final class Race<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Race.class);

  private final Callable<? extends T> call;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Thread> running = new ArrayList<>(2);
  private @Nullable Won<T> winner;
  private @Nullable Throwable failure;
  private boolean closed;
  private boolean taken;

  /** A result, which may be null where its type allows it. */
  private record Won<T>(T result) {}

  Race(Callable<? extends T> call) {
    this.call = call;
  }

  /** Makes the call once more, on a thread of its own. */
  void start() {
    Thread thread = Thread.ofVirtual().name("edge4j-hedge").unstarted(this::run);
    lock.lock();
    try {
      running.add(thread);
    } finally {
      lock.unlock();
    }
    thread.start();
  }

  private void run() {
    Won<T> won = null;
    Throwable thrown = null;
    try {
      won = new Won<>(call.call());
    } catch (Throwable e) { // errors too: they are thrown where the result is waited for
      thrown = e;
    }
    boolean late;
    lock.lock();
    try {
      running.remove(Thread.currentThread());
      late = closed || winner != null;
      if (!late) {
        winner = won;
        failure = thrown;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (late && won != null) {
      drop(won.result);
    }
  }

  private static void drop(@Nullable Object result) {
    if (result instanceof AutoCloseable open) {
      try {
        open.close();
      } catch (Exception e) {
        LOG.debug("the result that came second cannot be closed", e);
      }
    }
  }

  /** True once there is a result, or nothing runs any more; waits so long at most. */
  boolean await(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!isOver() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return isOver();
    } finally {
      lock.unlock();
    }
  }

  private boolean isOver() {
    return winner != null || running.isEmpty();
  }

  /** The first result, or what the last of all calls has thrown. */
  T result() throws Exception {
    lock.lock();
    try {
      while (!isOver()) {
        changed.await();
      }
      Won<T> first = winner;
      if (first != null) {
        taken = true;
        return first.result;
      }
      switch (failure) {
        case Exception e -> throw e;
        case Error e -> throw e;
        case null, default -> throw new IllegalStateException("a call has ended without a result", failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts whatever still runs; a result that nobody has taken is closed. */
  @Override
  public void close() {
    List<Thread> losers;
    Won<T> left;
    lock.lock();
    try {
      left = taken || closed ? null : winner;
      closed = true;
      losers = List.copyOf(running);
    } finally {
      lock.unlock();
    }
    losers.forEach(Thread::interrupt);
    if (left != null) {
      drop(left.result);
    }
  }
}
