package dev.edge4j.server.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the frames of one turn of the event loop, so that they leave with one write. Confined to the event loop. */
final class Outbox {
  private static final int INITIAL_BYTES = 2 * 1024;

  /** Past so much a turn's frames are handed on, so that the channel can say when it is enough. */
  private static final int FULL_BYTES = 64 * 1024;

  private final ChannelHandlerContext ctx;
  private @Nullable ByteBuf frames;
  private List<Runnable> whenSent = new ArrayList<>();
  private long writtenAt;

  Outbox(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  /** Where frames are written. */
  ByteBuf frames() {
    ByteBuf open = frames;
    if (open == null) {
      open = ctx.alloc().directBuffer(INITIAL_BYTES);
      frames = open;
    }
    return open;
  }

  /** Runs that once what is collected now has left, or never will. */
  void whenSent(Runnable action) {
    whenSent.add(action);
  }

  /** True if more may be collected: the client takes what we send. */
  boolean hasRoom() {
    ByteBuf open = frames;
    if (open != null && open.readableBytes() >= FULL_BYTES) {
      flush();
    }
    return ctx.channel().isWritable();
  }

  /** Sends what is collected. */
  void flush() {
    ByteBuf open = frames;
    if (open == null) {
      return;
    }
    frames = null;
    writtenAt = System.nanoTime();
    List<Runnable> actions = whenSent;
    if (actions.isEmpty()) {
      var _ = ctx.writeAndFlush(open, ctx.voidPromise());
      return;
    }
    whenSent = new ArrayList<>();
    ctx.writeAndFlush(open).addListener(_ -> actions.forEach(Runnable::run));
  }

  /** When something was sent last. */
  long writtenAt() {
    return writtenAt;
  }

  /** The channel is closed: nothing more leaves. */
  void discard() {
    ByteBuf open = frames;
    if (open != null) {
      frames = null;
      open.release();
    }
    List<Runnable> actions = whenSent;
    whenSent = new ArrayList<>();
    actions.forEach(Runnable::run);
  }
}
