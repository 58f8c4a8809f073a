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
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/** Gathers a request, has it answered, and flushes once for all that one read has brought. One request at a time, as wrk sends them. */
final class RawHandler extends SimpleChannelInboundHandler<HttpObject> {
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
    return response;
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
