package dev.edge4j.server.http1;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Tunnel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Netty's end of another protocol: takes the place of the HTTP connection once the 101 is on its way. Confined to its event loop. */
final class TunnelConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(TunnelConnection.class);

  private final Channel channel;
  private final Setup setup;
  private final TunnelInput in;
  /** The connection and what speaks over it. */
  private final AtomicInteger running = new AtomicInteger(2);

  /**
   * What a tunnel is made of.
   *
   * @param watch cuts off a client that takes nothing
   * @param cancelled run when the client is gone
   * @param ended run once, on the event loop, when the connection is closed and the protocol has returned
   */
  record Setup(Tunnel protocol, Consumer<? super ChannelFuture> watch, Runnable cancelled, Runnable ended) {}

  private TunnelConnection(Channel channel, Setup setup) {
    this.channel = channel;
    this.setup = setup;
    this.in = new TunnelInput(() -> onLoop(channel::read));
  }

  /**
   * Puts a tunnel in the place of the handler that spoke HTTP; on the event loop.
   *
   * @param left what was read already; taken over
   */
  static void replace(ChannelHandlerContext http, Setup setup, ByteBuf left) {
    var tunnel = new TunnelConnection(http.channel(), setup);
    http.pipeline().replace(http.handler(), null, tunnel);
    ChannelHandlerContext own = http.pipeline().context(tunnel);
    tunnel.channelRead(own, left);
    Thread.ofVirtual().name("edge4j-tunnel").start(() -> tunnel.speak(own));
  }

  private void speak(ChannelHandlerContext own) {
    var out = new ChannelOutput(own, setup.watch(), () -> {});
    out.head(new byte[0], false);
    try {
      setup.protocol().run(in, out);
      out.end(Headers.empty());
    } catch (IOException e) {
      LOG.debug("{} with {} has broken off", setup.protocol().name(), own.channel().remoteAddress(), e);
    } catch (Throwable e) { // errors too: nobody else ends the connection
      LOG.error("{} with {} failed", setup.protocol().name(), own.channel().remoteAddress(), e);
    } finally {
      var _ = own.close();
      onLoop(this::endOne);
    }
  }

  private void onLoop(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("an event loop shut down before a tunnel did", e);
    }
  }

  private void endOne() {
    if (running.decrementAndGet() == 0) {
      setup.ended().run();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object msg) {
    var piece = (ByteBuf) msg;
    try {
      in.feed(ByteBufUtil.getBytes(piece));
    } finally {
      piece.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    in.end(true);
    setup.cancelled().run();
    endOne();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      in.end(false);
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.warn("{} of {} failed", setup.protocol().name(), context.channel().remoteAddress(), cause);
    }
    var _ = context.close();
  }
}
