package dev.edge4j.server.websocket;

import dev.edge4j.WebSocketClosedException;
import dev.edge4j.server.wire.StallGuard;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames on the wire, in order. Whoever writes data waits while too much of it is on its way; control frames go between. What is written
 * in one turn of the event loop leaves in one go.
 */
final class FrameWriter {
  /** What a frame costs beside its payload, so that empty ones are bounded too. */
  private static final int OVERHEAD_BYTES = 64;

  private final ChannelHandlerContext ctx;
  private final int maxBufferedBytes;
  private final Duration stallTimeout;
  private final Runnable onStall;
  private final Supplier<WebSocketClosedException> closed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private long buffered;
  private boolean refusing;
  // Of the event loop alone:
  private @Nullable ChannelFuture latest;
  private boolean flushing;
  private boolean ended;

  /**
   * Nothing is written yet.
   *
   * @param stallTimeout how long the peer may take nothing while somebody waits
   * @param onStall run when a peer is cut off for that
   * @param closed what those get who send too late
   */
  FrameWriter(ChannelHandlerContext ctx, int maxBufferedBytes, Duration stallTimeout, Runnable onStall,
      Supplier<WebSocketClosedException> closed) {
    this.ctx = ctx;
    this.maxBufferedBytes = maxBufferedBytes;
    this.stallTimeout = stallTimeout;
    this.onStall = onStall;
    this.closed = closed;
  }

  /** Writes a data frame once there is room; not on the event loop. Throws {@link WebSocketClosedException} after {@link #refuse}. */
  void data(int flags, int opcode, byte[] bytes, int from, int length) {
    int counted = length + OVERHEAD_BYTES;
    awaitRoom(counted);
    ByteBuf frame = Frames.frame(ctx.alloc(), flags, opcode, bytes, from, length);
    try {
      ctx.executor()
          .execute(() -> {
            var _ = write(frame, counted);
          });
    } catch (RejectedExecutionException e) { // the server has stopped
      frame.release();
      throw closed.get();
    }
  }

  /** Writes a control frame; on the event loop. Nothing follows a close. */
  @Nullable
  ChannelFuture control(ByteBuf frame, boolean close) {
    ChannelFuture written = write(frame, 0);
    ended |= close;
    return written;
  }

  /** Turns away all data from now on, and those who wait to send some. Safe for use by any thread. */
  void refuse() {
    lock.lock();
    try {
      refusing = true;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable ChannelFuture write(ByteBuf frame, int counted) {
    if (ended || !ctx.channel().isActive()) {
      frame.release();
      left(counted);
      return null;
    }
    ChannelFuture written = ctx.write(frame);
    latest = written;
    if (counted > 0) {
      written.addListener(_ -> left(counted));
    }
    if (!flushing) {
      flushing = true;
      ctx.executor().execute(this::flush);
    }
    return written;
  }

  private void flush() {
    flushing = false;
    ctx.flush();
  }

  private void awaitRoom(int length) {
    lock.lock();
    try {
      boolean watched = false;
      while (!refusing && buffered > 0 && buffered + length > maxBufferedBytes) {
        if (!watched) {
          watched = true;
          watch();
        }
        room.await();
      }
      if (refusing) {
        throw closed.get();
      }
      buffered += length;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted while sending"));
    } finally {
      lock.unlock();
    }
  }

  /** Has a client cut off that takes nothing while somebody waits. */
  private void watch() {
    try {
      ctx.executor().execute(() -> {
        ChannelFuture write = latest;
        if (write != null) {
          watch(write, stallTimeout);
        }
      });
    } catch (RejectedExecutionException e) { // the server has stopped
      refusing = true;
    }
  }

  /** Cuts the peer off if it takes nothing of that for so long. */
  void watch(ChannelFuture write, Duration timeout) {
    StallGuard.watch(ctx, write, timeout, onStall);
  }

  private void left(int counted) {
    lock.lock();
    try {
      buffered -= counted;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
