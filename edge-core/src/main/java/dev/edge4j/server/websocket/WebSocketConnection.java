package dev.edge4j.server.websocket;

import dev.edge4j.WebSocketUpgrade;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.WebSocketLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Netty's end of a WebSocket: takes the place of the HTTP connection once the 101 is on its way, and begins by itself. Confined to its event
 * loop but for {@link #drain}.
 */
public final class WebSocketConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);

  private final Setup setup;
  private @Nullable Session session;

  /**
   * What a WebSocket is made of.
   *
   * @param upgrade what was agreed on
   * @param stallTimeout how long the peer may take nothing of what is sent
   * @param cancelled run when the peer is gone or wants to go, on any thread and more than once
   * @param ended run once, on the event loop, when the connection is closed and the handler has returned
   */
  public record Setup(WebSocketUpgrade upgrade, WebSocketLimits limits, Duration stallTimeout, Counters counters,
      Runnable cancelled, Runnable ended) {}

  private WebSocketConnection(Setup setup) {
    this.setup = setup;
  }

  /**
   * Puts a WebSocket in the place of the handler that spoke HTTP; on the event loop.
   *
   * @param left what was read already; taken over
   */
  public static WebSocketConnection replace(ChannelHandlerContext http, Setup setup, ByteBuf left) {
    var webSocket = new WebSocketConnection(setup);
    http.pipeline().replace(http.handler(), null, webSocket);
    ChannelHandlerContext ctx = http.pipeline().context(webSocket);
    webSocket.channelRead(ctx, left);
    webSocket.channelReadComplete(ctx);
    return webSocket;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    var begun = new Session(ctx, setup);
    session = begun;
    begun.start();
  }

  /** Closes with 1001; safe for use by any thread once it is in its pipeline. */
  public void drain() {
    session().close(CloseCode.GOING_AWAY, "the server stops");
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    var in = (ByteBuf) msg;
    try {
      session().read(in);
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    session().readOn();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    session().disconnected();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      session().inputShutdown();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.warn("WebSocket of {} failed", ctx.channel().remoteAddress(), cause);
    }
    var _ = ctx.close();
  }

  private Session session() {
    return Objects.requireNonNull(session, "the handler is in no pipeline yet");
  }
}
