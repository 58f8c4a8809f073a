package dev.edge4j.server.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns away, in front of the TLS engine, what is no TLS: HTTP in the clear with an answer it can read, anything else with an alert. */
final class RecordHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(RecordHandler.class);
  private static final String HINT = "This port speaks TLS: ask for https.\n";
  private static final byte[] USE_TLS = String.join("\r\n", "HTTP/1.1 400 Bad Request",
      "Content-Type: text/plain; charset=utf-8", "Content-Length: " + HINT.length(), "Connection: close", "", HINT)
      .getBytes(US_ASCII);

  /** RFC 8446 section 6.2: a fatal unexpected_message, in a record of the version that all understand. */
  private static final byte[] ALERT = {21, 3, 1, 0, 2, 2, 10};

  private final RecordWatch watch = new RecordWatch();

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ByteBuf bytes = (ByteBuf) msg;
    switch (watch.look(bytes)) {
      case FINE -> ctx.fireChannelRead(bytes);
      case PLAIN_HTTP -> refuse(ctx, bytes, USE_TLS);
      case NO_TLS -> refuse(ctx, bytes, ALERT);
      case RENEGOTIATION -> {
        bytes.release();
        LOG.debug("{} wanted to renegotiate", ctx.channel().remoteAddress());
        var _ = ctx.channel().close();
      }
    }
  }

  private static void refuse(ChannelHandlerContext ctx, ByteBuf bytes, byte[] answer) {
    bytes.release();
    LOG.debug("{} does not speak TLS", ctx.channel().remoteAddress());
    var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(answer)).addListener(_ -> LingeringClose.plain(ctx.channel()));
  }
}
