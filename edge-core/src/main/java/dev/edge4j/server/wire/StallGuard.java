package dev.edge4j.server.wire;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Cuts off a client that takes no byte of a write for the time-out. One that is slow but takes some may be as slow as it likes. */
public final class StallGuard {
  private final ChannelHandlerContext ctx;
  private final ChannelFuture write;
  private final Duration timeout;
  private final Runnable onStall;
  private @Nullable Future<?> check;
  private long pending = -1;
  private long progress = -1;

  private StallGuard(ChannelHandlerContext ctx, ChannelFuture write, Duration timeout, Runnable onStall) {
    this.ctx = ctx;
    this.write = write;
    this.timeout = timeout;
    this.onStall = onStall;
  }

  /** Watches a write until it is done. Safe for use by any thread. */
  public static void watch(ChannelHandlerContext ctx, ChannelFuture write, Duration timeout) {
    watch(ctx, write, timeout, () -> {});
  }

  /** As {@link #watch(ChannelHandlerContext, ChannelFuture, Duration)}, and runs this on the loop before it cuts the client off. */
  public static void watch(ChannelHandlerContext ctx, ChannelFuture write, Duration timeout, Runnable onStall) {
    if (!write.isDone()) {
      ctx.executor().execute(new StallGuard(ctx, write, timeout, onStall)::begin);
    }
  }

  private void begin() {
    check();
    write.addListener(_ -> {
      Future<?> next = check;
      if (next != null) {
        next.cancel(false);
      }
    });
  }

  private void check() {
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    if (write.isDone() || buffer == null) {
      return;
    }
    if (buffer.totalPendingWriteBytes() == pending && buffer.currentProgress() == progress) {
      onStall.run();
      var _ = ctx.close();
      return;
    }
    pending = buffer.totalPendingWriteBytes();
    progress = buffer.currentProgress();
    check = ctx.executor().schedule(this::check, timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
