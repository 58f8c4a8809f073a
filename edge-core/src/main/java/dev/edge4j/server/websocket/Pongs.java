package dev.edge4j.server.websocket;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers pings. A peer that sends many and takes no pong gets one for the latest ping alone (RFC 6455 section 5.5.3), so that what waits to be
 * sent stays bounded. Confined to the event loop.
 */
final class Pongs {
  private static final int MAX_ON_THEIR_WAY = 64;

  private final ChannelHandlerContext ctx;
  private final FrameWriter frames;
  private int onTheirWay;
  private byte @Nullable [] latest;

  Pongs(ChannelHandlerContext ctx, FrameWriter frames) {
    this.ctx = ctx;
    this.frames = frames;
  }

  void answer(byte[] payload) {
    if (onTheirWay >= MAX_ON_THEIR_WAY) {
      latest = payload;
      return;
    }
    ChannelFuture written = frames.control(Frames.control(ctx.alloc(), Opcode.PONG, payload), false);
    if (written != null) {
      onTheirWay++;
      written.addListener(_ -> left());
    }
  }

  private void left() {
    onTheirWay--;
    byte[] waiting = latest;
    if (waiting != null) {
      latest = null;
      answer(waiting);
    }
  }
}
