package dev.edge4j.server.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the socket brought and nobody has asked for yet, as bytes: they are decoded piece by piece as pieces are asked for, and the
 * socket is read once there is no whole one. Confined to its event loop.
 */
final class Inbox {
  private final Decoder decoder;
  private final BiConsumer<? super ChannelHandlerContext, ? super Piece> taker;
  private final Consumer<? super ChannelHandlerContext> onEnd;
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
  private boolean asked;
  private boolean pumping;
  private boolean ended;

  /**
   * Hands pieces to {@code taker}, which may ask for the next.
   *
   * @param onEnd called if one is asked for and the client has ended its half before it was whole
   */
  Inbox(Decoder decoder, BiConsumer<? super ChannelHandlerContext, ? super Piece> taker,
      Consumer<? super ChannelHandlerContext> onEnd) {
    this.decoder = decoder;
    this.taker = taker;
    this.onEnd = onEnd;
  }

  /** Takes over the bytes. */
  void add(ChannelHandlerContext ctx, ByteBuf more) {
    boolean keeps = bytes.isReadable();
    if (keeps) {
      bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), bytes, more);
    } else {
      var _ = bytes.release();
      bytes = more;
    }
    pump(ctx);
    if (!keeps && bytes.isReadable()) {
      keepRest(ctx);
    }
  }

  /** What has to wait moves to a buffer of its size: the one it came in is lent by the event loop, or much larger than half a head. */
  private void keepRest(ChannelHandlerContext ctx) {
    ByteBuf rest = ctx.alloc().buffer(bytes.readableBytes()).writeBytes(bytes);
    var _ = bytes.release();
    bytes = rest;
  }

  /** Asks for the next piece; asking twice is asking once. */
  void ask(ChannelHandlerContext ctx) {
    asked = true;
    pump(ctx);
  }

  /** Hands over the next piece if it is here whole; the socket is not asked. For a taker that wants more than the piece in its hand. */
  boolean takeReady(ChannelHandlerContext ctx) {
    Piece piece = decoder.next(bytes);
    if (piece == null) {
      return false;
    }
    taker.accept(ctx, piece);
    return true;
  }

  /** No more bytes will come. Those that are here can still be asked for. */
  void end(ChannelHandlerContext ctx) {
    ended = true;
    pump(ctx);
  }

  /** True if no more bytes will come: the socket must not be read any more. */
  boolean hasEnded() {
    return ended;
  }

  /** Takes back what was asked. */
  void stopAsking() {
    asked = false;
  }

  /** True if no byte waits to be asked for. */
  boolean isEmpty() {
    return !bytes.isReadable();
  }

  /** Gives away the bytes that nobody has asked for: they belong to another protocol. */
  ByteBuf handOver() {
    ByteBuf left = bytes;
    asked = false;
    bytes = Unpooled.EMPTY_BUFFER;
    return left;
  }

  void clear() {
    asked = false;
    var _ = bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
  }

  /** Takes pieces as long as they are asked for, then asks the socket. A piece taken may ask for the next: hence the loop. */
  private void pump(ChannelHandlerContext ctx) {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (asked) {
        @Nullable
        Piece piece = decoder.next(bytes);
        if (piece == null) {
          break;
        }
        asked = false;
        taker.accept(ctx, piece);
      }
    } finally {
      pumping = false;
    }
    if (!bytes.isReadable()) {
      var _ = bytes.release();
      bytes = Unpooled.EMPTY_BUFFER;
    }
    if (asked && ended) {
      asked = false;
      onEnd.accept(ctx);
    } else if (asked) {
      ctx.read();
    }
  }
}
