package dev.edge4j.server.channel;

import dev.edge4j.server.tls.Tls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of TLS on one connection. Those behind it in the pipeline come once the handshake is done, and see what they would see
 * on a plain connection: it becomes active, brings bytes, and its client closes its half, which here is close_notify. Confined to its
 * event loop.
 */
public final class Handshake extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);
  private static final String HTTP_1_1 = "http/1.1";

  private final SslHandler ssl;
  private final Consumer<Secured> then;
  private final Runnable onFailure;
  private boolean done;
  private boolean inputEnded;

  private Handshake(SslHandler ssl, Consumer<Secured> then, Runnable onFailure) {
    this.ssl = ssl;
    this.then = then;
    this.onFailure = onFailure;
  }

  /**
   * Has a connection begin with a handshake. One that fails, or takes longer than {@link Tls#handshakeTimeout}, ends with the channel.
   *
   * @param protocols what may be spoken inside, the best first
   * @param then called once, on the event loop, if the handshake succeeds; adds what comes next at the end of the pipeline
   * @param onFailure called instead if it fails
   */
  public static void begin(Channel channel, Tls tls, List<String> protocols, Consumer<Secured> then,
      Runnable onFailure) {
    var ssl = new SslHandler(tls.engine(protocols));
    ssl.setHandshakeTimeoutMillis(tls.handshakeTimeout().toMillis());
    channel.pipeline().addLast(new RecordHandler(), ssl, new Handshake(ssl, then, onFailure));
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.read();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case SslHandshakeCompletionEvent end when end.isSuccess() -> {
        done = true;
        then.accept(secured(ssl.engine().getSession()));
        ctx.fireChannelActive();
      }
      case SslHandshakeCompletionEvent end -> {
        LOG.debug("no handshake with {}", ctx.channel().remoteAddress(), end.cause());
        onFailure.run();
        var _ = ctx.close();
      }
      case SslCloseCompletionEvent end when end.isSuccess() -> inputEnded(ctx);
      case ChannelInputShutdownEvent _ -> inputEnded(ctx);
      default -> ctx.fireUserEventTriggered(event);
    }
  }

  private void inputEnded(ChannelHandlerContext ctx) {
    if (!done) {
      var _ = ctx.close();
    } else if (!inputEnded) {
      inputEnded = true;
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  private Secured secured(SSLSession session) {
    String agreed = ssl.engine().getApplicationProtocol(); // empty or null if the client asked for none
    String protocol = agreed == null || agreed.isEmpty() ? HTTP_1_1 : agreed;
    try {
      return new Secured(protocol, session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty());
    } catch (SSLPeerUnverifiedException e) {
      LOG.trace("the client has shown no certificate", e);
      return new Secured(protocol, Optional.empty());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (done) {
      ctx.fireExceptionCaught(cause);
    } else {
      LOG.debug("no handshake with {}", ctx.channel().remoteAddress(), cause);
      var _ = ctx.close();
    }
  }
}
