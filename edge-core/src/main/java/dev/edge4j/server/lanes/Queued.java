package dev.edge4j.server.lanes;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that waits for a place among the handlers. It is called, grows too old, or is dropped because its client has left; whichever
 * comes first takes it out of the queue, and nothing else does.
 */
final class Queued {
  private static final Logger LOG = LoggerFactory.getLogger(Queued.class);

  /** What becomes of it; on its loop. */
  interface Fate {
    /** It has a place, and gives it back in the end. */
    void called();

    /** It has waited too long. */
    void expired();
  }

  private final Permits permits;
  private final EventLoop loop;
  private final Fate fate;
  private final AtomicBoolean waiting = new AtomicBoolean(true);
  /** Of the loop's thread alone. */
  private @Nullable Future<?> timer;

  Queued(Permits permits, EventLoop loop, Fate fate) {
    this.permits = permits;
    this.loop = loop;
    this.fate = fate;
  }

  boolean isWaiting() {
    return waiting.get();
  }

  /** Before it is queued; on the loop. */
  void expireAfter(Duration age) {
    timer = loop.schedule(this::expire, age.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void expire() {
    if (end()) {
      permits.sweep();
      fate.expired();
    }
  }

  /** Its client has left; on the loop. False if it has left the queue already. */
  boolean drop() {
    if (!end()) {
      return false;
    }
    stopTimer();
    permits.sweep();
    return true;
  }

  /** Gives it a place; on any thread. False if it wants none any more, or its loop has shut down. */
  boolean call() {
    if (!end()) {
      return false;
    }
    try {
      loop.execute(this::go);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("an event loop shut down while a request of it was queued", e);
      return false;
    }
  }

  private void go() {
    stopTimer();
    fate.called();
  }

  private void stopTimer() {
    Future<?> running = timer;
    if (running != null) {
      var _ = running.cancel(false);
    }
  }

  private boolean end() {
    boolean first = waiting.compareAndSet(true, false);
    if (first) {
      permits.dequeued();
    }
    return first;
  }
}
