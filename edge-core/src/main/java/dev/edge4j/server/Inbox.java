package dev.edge4j.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;

/**
 * What one read of a socket brought, handed on piece by piece as it is asked for; the socket is read once there is none. Confined to
 * its event loop.
 */
final class Inbox {
  private final BiConsumer<? super ChannelHandlerContext, Object> taker;
  private final ArrayDeque<Object> pieces = new ArrayDeque<>(2);
  private boolean asked;
  private boolean pumping;

  /** Hands pieces to {@code taker}, which may ask for the next; they are released after that. */
  Inbox(BiConsumer<? super ChannelHandlerContext, Object> taker) {
    this.taker = taker;
  }

  void add(ChannelHandlerContext ctx, Object piece) {
    pieces.add(piece);
    pump(ctx);
  }

  /** Asks for the next piece; asking twice is asking once. */
  void ask(ChannelHandlerContext ctx) {
    asked = true;
    pump(ctx);
  }

  /** Takes back what was asked. */
  void stopAsking() {
    asked = false;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  void clear() {
    pieces.forEach(ReferenceCountUtil::release);
    pieces.clear();
  }

  /** Takes pieces as long as they are asked for, then asks the socket. A piece taken may ask for the next: hence the loop. */
  private void pump(ChannelHandlerContext ctx) {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (asked && !pieces.isEmpty()) {
        asked = false;
        Object piece = pieces.remove();
        try {
          taker.accept(ctx, piece);
        } finally {
          ReferenceCountUtil.release(piece);
        }
      }
    } finally {
      pumping = false;
    }
    if (asked) {
      ctx.read();
    }
  }
}
