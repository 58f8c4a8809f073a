package dev.edge4j.examples.benchmarks.servers;

import dev.edge4j.examples.benchmarks.work.Answers;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;

/** Gathers a request, has it answered, and flushes once for all that one read has brought. One request at a time, as wrk sends them. */
final class RawHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final AsciiString MAX_AGE = AsciiString.cached("max-age=86400");
  private static final AsciiString ETAG = AsciiString.cached("\"0123456789abcdef\"");
  private static final AsciiString AGE = AsciiString.cached("0");
  private static final AsciiString X_CACHE = AsciiString.cached("x-cache");
  private static final AsciiString HIT = AsciiString.cached("HIT");
  private static final AsciiString CACHE_STATUS = AsciiString.cached("cache-status");
  private static final AsciiString STATUS = AsciiString.cached("edge4j; hit; ttl=86400");

  private final boolean hop;
  private String target = "";
  private CompositeByteBuf body = Unpooled.compositeBuffer();

  RawHandler(boolean hop) {
    this.hop = hop;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
    if (message instanceof HttpRequest request) {
      target = request.uri();
    }
    if (message instanceof HttpContent content && content.content().isReadable()) {
      body.addComponent(true, content.content().retain());
    }
    if (message instanceof LastHttpContent) {
      answer(ctx);
    }
  }

  private void answer(ChannelHandlerContext ctx) {
    String asked = target;
    byte[] sent = body.isReadable() ? ByteBufUtil.getBytes(body) : Answers.NOTHING;
    if (body.numComponents() > 0) {
      body.release();
      body = Unpooled.compositeBuffer();
    }
    if (hop) {
      Thread.startVirtualThread(() -> {
        byte[] bytes = RawRoutes.answer(asked, sent);
        ctx.executor()
            .execute(() -> {
              var _ = ctx.writeAndFlush(response(asked, bytes), ctx.voidPromise());
            });
      });
    } else {
      var _ = ctx.write(response(asked, RawRoutes.answer(asked, sent)), ctx.voidPromise());
    }
  }

  private static FullHttpResponse response(String asked, byte[] bytes) {
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(
        bytes));
    response.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, RawRoutes.type(asked))
        .setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length)
        .set(HttpHeaderNames.DATE, RawDate.now());
    if (asked.startsWith("/cached/")) {
      cached(response.headers());
    }
    return response;
  }

  /** What makes caches keep it, and what they would add themselves. */
  private static void cached(HttpHeaders headers) {
    headers.set(HttpHeaderNames.CACHE_CONTROL, MAX_AGE)
        .set(HttpHeaderNames.ETAG, ETAG)
        .set(HttpHeaderNames.AGE, AGE)
        .set(X_CACHE, HIT)
        .set(CACHE_STATUS, STATUS);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }
}
