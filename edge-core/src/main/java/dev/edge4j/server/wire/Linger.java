package dev.edge4j.server.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which the client may still be sending: first our half, then, once the client has closed its own or some time has
 * passed, the rest. A close with bytes unread would send a reset, which can overtake the answer (RFC 9112 section 9.6).
 */
public final class Linger extends ChannelInboundHandlerAdapter {
  private static final int MILLIS = 2_000;

  private Linger() {}

  /** Begins to close; whatever still arrives is thrown away. All that is to leave has been written. On the event loop. */
  public static void begin(ChannelHandlerContext ctx) {
    if (!(ctx.channel() instanceof DuplexChannel channel) || channel.isInputShutdown()) {
      var _ = ctx.close();
      return;
    }
    channel.pipeline().addFirst(new Linger());
    channel.shutdownOutput().addListener(sent -> {
      if (!sent.isSuccess()) {
        var _ = channel.close();
      }
    });
    var timeout = ctx.executor()
        .schedule(() -> {
          var _ = channel.close();
        }, MILLIS, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(_ -> timeout.cancel(false));
    channel.config().setAutoRead(true);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ReferenceCountUtil.release(msg);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      var _ = ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }
}
