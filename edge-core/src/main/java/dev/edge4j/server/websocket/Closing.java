package dev.edge4j.server.websocket;

import dev.edge4j.server.channel.LingeringClose;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The closing handshake (RFC 6455 section 7.1). Each side sends one close; then the server closes the connection, for which the client waits.
 * Confined to the event loop.
 */
final class Closing {
  private final ChannelHandlerContext ctx;
  private final FrameWriter frames;
  private final Duration within;
  private final Runnable late;
  private @Nullable Future<?> timeout;
  private @Nullable ChannelFuture sent;
  private boolean isSent;
  private boolean over;

  /**
   * Nobody has closed yet.
   *
   * @param within how long the peer may take to answer a close
   * @param late told when it took longer
   */
  Closing(ChannelHandlerContext ctx, FrameWriter frames, Duration within, Runnable late) {
    this.ctx = ctx;
    this.frames = frames;
    this.within = within;
    this.late = late;
  }

  boolean isSent() {
    return isSent;
  }

  /** Sends our close, unless it has been, and waits for the peer's. */
  void begin(int code, String reason) {
    send(code, reason);
    if (timeout == null && !over) {
      timeout = ctx.executor().schedule(() -> {
        late.run();
        end();
      }, within.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The peer has sent its close, or nothing that it sends is of use any more: sends ours, unless it has been, and closes the connection. */
  void finish(int code, String reason) {
    send(code, reason);
    end();
  }

  /** The connection is closed. */
  void closed() {
    over = true;
    Future<?> waiting = timeout;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  private void send(int code, String reason) {
    if (!isSent) {
      isSent = true;
      sent = frames.control(Frames.close(ctx.alloc(), code, reason), true);
    }
  }

  private void end() {
    if (over) {
      return;
    }
    closed();
    ChannelFuture last = sent;
    if (last == null) {
      var _ = ctx.close();
    } else {
      frames.watch(last, within);
      last.addListener(_ -> LingeringClose.begin(ctx.channel()));
    }
  }
}
