package dev.edge4j.server.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which the client may still be sending: first our half, then, once the client has closed its own or some time has
 * passed, the rest. A close with bytes unread would send a reset, which can overtake the answer (RFC 9112 section 9.6). Over TLS our half
 * ends with close_notify, without which the client cannot tell the end from a cut (RFC 8446 section 6.1).
 */
public final class LingeringClose extends ChannelInboundHandlerAdapter {
  private static final int MILLIS = 2_000;

  private LingeringClose() {}

  /** Begins to close; whatever still arrives is thrown away. All that is to leave has been written. On the event loop. */
  public static void begin(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null || !channel.isActive()) {
      plain(channel);
    } else {
      closeLater(channel); // close_notify waits behind what the client may never take
      var _ = tls.closeOutbound().addListener(_ -> plain(channel));
    }
  }

  /** As {@link #begin}, whatever the channel speaks. */
  static void plain(Channel channel) {
    if (!(channel instanceof DuplexChannel duplex) || duplex.isInputShutdown() || !channel.isActive()) {
      var _ = channel.close();
      return;
    }
    channel.pipeline().addFirst(new LingeringClose());
    ChannelFuture ended = duplex.shutdownOutput();
    var _ = ended.addListener(sent -> {
      if (!sent.isSuccess()) {
        var _ = channel.close();
      }
    });
    closeLater(channel);
    channel.config().setAutoRead(true);
  }

  private static void closeLater(Channel channel) {
    var timeout = channel.eventLoop()
        .schedule(() -> {
          var _ = channel.close();
        }, MILLIS, TimeUnit.MILLISECONDS);
    var _ = channel.closeFuture().addListener(_ -> timeout.cancel(false));
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
