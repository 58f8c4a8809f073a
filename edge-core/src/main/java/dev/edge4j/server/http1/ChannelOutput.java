package dev.edge4j.server.http1;

import dev.edge4j.server.wire.StallGuard;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a response piece by piece from a virtual thread. The head leaves with the first piece or flush, so that what fails before
 * can still be answered otherwise. While the client is slower than the writer, a write waits for the one before it; once the
 * client has left, or takes nothing for the time-out, it throws {@link IOException}.
 */
final class ChannelOutput extends OutputStream {
  private final ChannelHandlerContext ctx;
  private final HttpResponse head;
  private final Duration timeout;
  private @Nullable ChannelFuture previous;
  private boolean begun;
  private boolean ended;

  ChannelOutput(ChannelHandlerContext ctx, HttpResponse head, Duration timeout) {
    this.ctx = ctx;
    this.head = head;
    this.timeout = timeout;
  }

  /** True once the head has left. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[]{(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int length) throws IOException {
    if (length == 0) {
      return;
    }
    ChannelFuture last = previous;
    if (last != null && !ctx.channel().isWritable()) {
      await(last);
    }
    send(new DefaultHttpContent(Unpooled.wrappedBuffer(Arrays.copyOfRange(source, from, from + length))));
  }

  /** Lets the head leave; pieces leave at once anyway. */
  @Override
  public void flush() throws IOException {
    if (!begun) {
      begin();
      ctx.flush();
    }
  }

  /** Sends a piece of the body in the form that Netty wants it. */
  void send(Object piece) throws IOException {
    begin();
    previous = ctx.writeAndFlush(piece);
  }

  /** Ends the body and waits until all of it has left. */
  void end() throws IOException {
    begin();
    ended = true;
    await(ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
  }

  private void begin() throws IOException {
    if (ended) {
      throw new IOException("the response has ended");
    }
    if (!ctx.channel().isActive()) {
      throw new IOException("the client has left");
    }
    if (!begun) {
      begun = true;
      var _ = ctx.write(head);
    }
  }

  private void await(ChannelFuture write) throws IOException {
    StallGuard.watch(ctx, write, timeout);
    try {
      write.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing", e);
    }
    if (!write.isSuccess()) {
      throw new IOException("the client has left", write.cause());
    }
  }
}
