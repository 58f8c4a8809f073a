package dev.edge4j.server.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the PROXY protocol's header off the head of a connection and goes. A connection without one, or on which it does not come in time,
 * is closed without a word: whoever speaks there is not the proxy that was promised. Confined to its event loop.
 */
public final class ProxyHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyHandler.class);

  private final Duration timeout;
  private final Consumer<Optional<InetAddress>> then;
  private final Runnable onFailure;
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
  private @Nullable Future<?> timer;

  /**
   * Waits for the header.
   *
   * @param then called once, on the event loop, with the client's address if the header names one; adds what comes next to the pipeline
   *        or closes the channel
   * @param onFailure called instead if the header does not come, or is none
   */
  public ProxyHandler(Duration timeout, Consumer<Optional<InetAddress>> then, Runnable onFailure) {
    this.timeout = timeout;
    this.then = then;
    this.onFailure = onFailure;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    timer = ctx.executor()
        .schedule(() -> {
          fail(ctx, "it did not come in time");
        }, timeout.toNanos(), TimeUnit.NANOSECONDS);
    ctx.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), bytes, (ByteBuf) msg);
    switch (ProxyHeader.read(bytes)) {
      case ProxyHeader.Incomplete() -> ctx.read();
      case ProxyHeader.Malformed(String reason) -> fail(ctx, reason);
      case ProxyHeader.Complete(int length, Optional<InetAddress> client) -> goOn(ctx, length, client);
    }
  }

  /** What the client sent right behind the header goes to whoever stands there now. */
  private void goOn(ChannelHandlerContext ctx, int length, Optional<InetAddress> client) {
    stop();
    ByteBuf rest = bytes.skipBytes(length);
    bytes = Unpooled.EMPTY_BUFFER;
    then.accept(client);
    ctx.fireChannelActive();
    if (rest.isReadable()) {
      ctx.fireChannelRead(rest).fireChannelReadComplete();
    } else {
      rest.release();
    }
    if (!ctx.isRemoved()) { // it is, where the channel has been closed
      ctx.pipeline().remove(this);
    }
  }

  /** Half closed before the header was whole: nothing will come. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      fail(ctx, "the connection ended before it");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stop();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(ctx, String.valueOf(cause.getMessage()));
  }

  private void fail(ChannelHandlerContext ctx, String reason) {
    LOG.debug("no PROXY header from {}: {}", ctx.channel().remoteAddress(), reason);
    if (ctx.channel().isOpen()) {
      onFailure.run();
      var _ = ctx.close();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    stop();
    bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
  }

  private void stop() {
    Future<?> running = timer;
    if (running != null) {
      var _ = running.cancel(false);
      timer = null;
    }
  }
}
