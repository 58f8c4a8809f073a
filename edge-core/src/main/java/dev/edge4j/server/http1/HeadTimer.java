package dev.edge4j.server.http1;

import dev.edge4j.server.limits.Timeouts;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives a request's head its time: the clock starts at the first byte, and a head that trickles in does not push it back. One task
 * per connection looks at the time from time to time; a request that comes and goes meanwhile costs none. Confined to the event loop.
 */
final class HeadTimer {
  private final Timeouts timeouts;
  private final Runnable onTimeout;
  private @Nullable Future<?> check;
  private long checkAt;
  private long deadline;
  private boolean waiting;
  private boolean begun;

  /** Runs {@code onTimeout} each time that a wait has been too long. */
  HeadTimer(Timeouts timeouts, Runnable onTimeout) {
    this.timeouts = timeouts;
    this.onTimeout = onTimeout;
  }

  /** Starts to wait for a head; a kept connection may lie idle until it begins. */
  void await(ChannelHandlerContext ctx, boolean hasBegun) {
    begun = hasBegun;
    await(ctx, hasBegun ? timeouts.head() : timeouts.idle());
  }

  /** Starts to wait for what is no head. */
  void await(ChannelHandlerContext ctx, Duration time) {
    waiting = true;
    long now = System.nanoTime();
    deadline = now + time.toNanos();
    if (check == null || checkAt - deadline > 0) {
      schedule(ctx, now);
    }
  }

  /** Bytes of the head have arrived, but not all of them. */
  void begin(ChannelHandlerContext ctx) {
    if (waiting && !begun) {
      await(ctx, true);
    }
  }

  /** The head has arrived. */
  void arrived() {
    waiting = false;
  }

  /** True if the head that is waited for has begun to arrive. */
  boolean hasBegun() {
    return begun;
  }

  /** The connection is closed. */
  void stop() {
    waiting = false;
    Future<?> running = check;
    if (running != null) {
      var _ = running.cancel(false);
      check = null;
    }
  }

  private void schedule(ChannelHandlerContext ctx, long now) {
    Future<?> running = check;
    if (running != null) {
      var _ = running.cancel(false);
    }
    checkAt = deadline;
    check = ctx.executor().schedule(() -> check(ctx), deadline - now, TimeUnit.NANOSECONDS);
  }

  private void check(ChannelHandlerContext ctx) {
    check = null;
    if (!waiting) {
      return;
    }
    long now = System.nanoTime();
    if (deadline - now > 0) {
      schedule(ctx, now);
      return;
    }
    waiting = false;
    onTimeout.run();
  }
}
