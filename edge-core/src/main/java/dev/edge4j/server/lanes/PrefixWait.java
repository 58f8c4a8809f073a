package dev.edge4j.server.lanes;

import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits, without blocking the event loop, until so much of a request's body has arrived as a gate wants to see. What goes wrong
 * meanwhile ends the wait too: the gate's pipeline reads it off the pipe. Confined to its event loop.
 */
final class PrefixWait {
  private final EventLoop loop;
  private final IncomingBody body;
  private final int bytes;
  private final Duration timeout;
  private final Counters counters;
  private final Runnable whenReady;
  private @Nullable Future<?> timer;
  private boolean over;

  /**
   * Prepares a wait; {@link #progressed} starts it.
   *
   * @param timeout longest pause between two pieces of the body
   * @param whenReady called once, when reading so many bytes blocks no longer
   */
  PrefixWait(EventLoop loop, IncomingBody body, int bytes, Duration timeout, Counters counters, Runnable whenReady) {
    this.loop = loop;
    this.body = body;
    this.bytes = bytes;
    this.timeout = timeout;
    this.counters = counters;
    this.whenReady = whenReady;
  }

  /** The pipe has changed: goes on if there is enough now, else asks for more and starts the time anew. */
  void progressed() {
    if (over) {
      return;
    }
    Future<?> running = timer;
    if (running != null) {
      var _ = running.cancel(false);
    }
    if (body.pipe().isReady(bytes)) {
      over = true;
      whenReady.run();
      return;
    }
    timer = loop.schedule(this::onTimeout, timeout.toMillis(), TimeUnit.MILLISECONDS);
    body.wanted();
  }

  private void onTimeout() {
    counters.add(Counter.BODIES_TIMED_OUT);
    body.pipe().fail(new SocketTimeoutException("no byte of the body for " + timeout.toMillis() + " ms"));
    progressed();
  }
}
