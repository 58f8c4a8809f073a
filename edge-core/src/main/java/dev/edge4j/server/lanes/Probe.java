package dev.edge4j.server.lanes;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Tries on an event loop without connections whether a virtual thread begins on the loop's stack, leaves it when it parks, and goes on
 * elsewhere while the loop is busy.
 */
final class Probe {
  private static final long PATIENCE_MILLIS = 1_000;

  private final CountDownLatch resumed = new CountDownLatch(1);
  private final AtomicBoolean mayGoOn = new AtomicBoolean();
  private volatile boolean begun;

  private Probe() {}

  /** Why it does not work there; empty if it does. Takes a second at most; not on the loop. */
  static Optional<String> of(EventLoop loop) {
    Throwable closed = Internals.problem();
    if (closed != null) {
      return Optional.of(closed.toString());
    }
    try {
      return loop.submit(() -> new Probe().run(loop)).get(2 * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return Optional.of(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      return Optional.of("a virtual thread did not leave the event loop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private Optional<String> run(EventLoop loop) throws InterruptedException {
    var mount = new Mount(loop, Internals.defaultScheduler());
    Thread thread = Internals.newThread(mount, "edge4j-probe", this::stints);
    mount.start(thread);
    if (!begun) {
      return Optional.of("a virtual thread did not begin on the event loop");
    }
    if (resumed.getCount() == 0) {
      return Optional.of("a virtual thread did not leave the event loop when it parked");
    }
    mayGoOn.set(true);
    LockSupport.unpark(thread);
    // Waits on the loop: nothing but another thread can have run what comes after the park.
    return resumed.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) ? Optional.empty()
        : Optional.of("a virtual thread that had parked did not go on within " + PATIENCE_MILLIS + " ms");
  }

  private void stints() {
    begun = true;
    while (!mayGoOn.get()) {
      LockSupport.park(this);
    }
    resumed.countDown();
  }
}
