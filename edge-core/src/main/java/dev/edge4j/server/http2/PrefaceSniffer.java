package dev.edge4j.server.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.function.Consumer;

/**
 * Stands before the HTTP/1.1 connection in the pipeline of a plain connection, and looks whether the client speaks HTTP/2 from its first byte (RFC 9113 section 3.3). As
 * long as it may, its bytes are kept back; the time-outs of HTTP/1.1 hold meanwhile. Confined to the event loop.
 */
public final class PrefaceSniffer extends ChannelInboundHandlerAdapter {
  private final Consumer<? super ChannelHandlerContext> whenHttp2;
  private ByteBuf kept = Unpooled.EMPTY_BUFFER;

  /** A sniffer that calls {@code whenHttp2} if it is HTTP/2: that replaces what stands behind it, and gets the bytes then. */
  public PrefaceSniffer(Consumer<? super ChannelHandlerContext> whenHttp2) {
    this.whenHttp2 = whenHttp2;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    var more = (ByteBuf) msg;
    if (kept.isReadable()) {
      kept = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), kept, more);
    } else {
      kept = more;
    }
    switch (Preface.match(kept)) {
      case PARTIAL -> ctx.read(); // nobody behind knows that there were bytes
      case WHOLE -> {
        whenHttp2.accept(ctx);
        step(ctx);
      }
      case OTHER -> step(ctx);
    }
  }

  private void step(ChannelHandlerContext ctx) {
    ByteBuf first = kept;
    kept = Unpooled.EMPTY_BUFFER;
    ctx.fireChannelRead(first);
    ctx.pipeline().remove(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    clear();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    clear();
  }

  private void clear() {
    var _ = kept.release();
    kept = Unpooled.EMPTY_BUFFER;
  }
}
