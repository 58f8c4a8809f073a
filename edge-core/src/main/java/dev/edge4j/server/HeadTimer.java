package dev.edge4j.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives a request's head its time: sees the raw bytes in front of the decoder, so that the clock starts at the first byte and
 * a head that trickles in does not push it back. Confined to the event loop.
 */
final class HeadTimer extends ChannelInboundHandlerAdapter {
  private final ServerOptions options;
  private @Nullable Future<?> timeout;
  private @Nullable Runnable onTimeout;
  private boolean waiting;
  private boolean begun;

  HeadTimer(ServerOptions options) {
    this.options = options;
  }

  /** Starts to wait for a head. {@code reused} connections may lie idle first; a new one must begin at once. */
  void await(ChannelHandlerContext ctx, boolean reused, Runnable whenOver) {
    waiting = true;
    begun = !reused;
    onTimeout = whenOver;
    schedule(ctx, reused ? options.idleTimeout() : options.headTimeout());
  }

  /** The head has arrived. */
  void arrived() {
    waiting = false;
    cancel();
  }

  /** True if the head that is waited for has begun to arrive. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (waiting && !begun) {
      begun = true;
      schedule(ctx, options.headTimeout());
    }
    ctx.fireChannelRead(msg);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancel();
    ctx.fireChannelInactive();
  }

  private void schedule(ChannelHandlerContext ctx, Duration delay) {
    cancel();
    Runnable action = onTimeout;
    if (action != null) {
      timeout = ctx.executor().schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void cancel() {
    Future<?> running = timeout;
    if (running != null) {
      var _ = running.cancel(false);
      timeout = null;
    }
  }
}
