package dev.edge4j.server;

import io.netty.channel.ChannelHandlerContext;
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
  private final ChannelHandlerContext ctx;
  private final BodyPipe pipe;
  private final int bytes;
  private final Duration timeout;
  private final Runnable askForMore;
  private final Runnable whenReady;
  private @Nullable Future<?> timer;
  private boolean over;

  /**
   * Prepares a wait; {@link #progressed} starts it.
   *
   * @param timeout longest pause between two pieces of the body
   * @param askForMore asks the socket for the next piece
   * @param whenReady called once, when reading so many bytes blocks no longer
   */
  PrefixWait(ChannelHandlerContext ctx, BodyPipe pipe, int bytes, Duration timeout, Runnable askForMore,
      Runnable whenReady) {
    this.ctx = ctx;
    this.pipe = pipe;
    this.bytes = bytes;
    this.timeout = timeout;
    this.askForMore = askForMore;
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
    if (pipe.isReady(bytes)) {
      over = true;
      whenReady.run();
      return;
    }
    timer = ctx.executor().schedule(this::onTimeout, timeout.toMillis(), TimeUnit.MILLISECONDS);
    askForMore.run();
  }

  private void onTimeout() {
    pipe.fail(new SocketTimeoutException("no byte of the body for " + timeout.toMillis() + " ms"));
    progressed();
  }
}
