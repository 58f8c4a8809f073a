package dev.edge4j.server.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.edge4j.http.Headers;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a response piece by piece from a virtual thread. The head leaves with the first piece or flush, so that what fails before
 * can still be answered otherwise. While the client is slower than the writer, a write waits for the one before it; once the
 * client has left, or takes nothing for the time-out, it throws {@link IOException}.
 */
final class ChannelOutput extends OutputStream {
  private static final byte[] LAST_CHUNK = "0\r\n".getBytes(US_ASCII);
  private static final byte[] LINE_END = "\r\n".getBytes(US_ASCII);

  private final ChannelHandlerContext ctx;
  private final Consumer<? super ChannelFuture> watch;
  private final Runnable begins;
  private byte[] head = {};
  private boolean chunked;
  private @Nullable ChannelFuture previous;
  private boolean begun;
  private boolean ended;

  /** Shows each write that it waits for to {@code watch}, which cuts off a client that takes nothing. */
  ChannelOutput(ChannelHandlerContext ctx, Consumer<? super ChannelFuture> watch, Runnable begins) {
    this.ctx = ctx;
    this.watch = watch;
    this.begins = begins;
  }

  /** What leaves before the first piece, and whether the pieces leave as chunks (RFC 9112 section 7.1). Before anything else. */
  void head(byte[] bytes, boolean asChunks) {
    head = bytes;
    chunked = asChunks;
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
    send(Unpooled.wrappedBuffer(chunked ? chunk(source, from, length)
        : Arrays.copyOfRange(source, from, from
            + length)));
  }

  private static byte[] chunk(byte[] source, int from, int length) {
    byte[] line = (Integer.toHexString(length) + "\r\n").getBytes(US_ASCII);
    byte[] chunk = Arrays.copyOf(line, line.length + length + 2);
    System.arraycopy(source, from, chunk, line.length, length);
    chunk[chunk.length - 2] = '\r';
    chunk[chunk.length - 1] = '\n';
    return chunk;
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
    try {
      begin();
    } catch (IOException e) {
      ReferenceCountUtil.release(piece); // a file would stay open
      throw e;
    }
    previous = ctx.writeAndFlush(piece);
  }

  /** Ends the body, with these fields behind it if it is sent in chunks, and waits until all of it has left. */
  void end(Headers trailers) throws IOException {
    begin();
    ended = true;
    await(ctx.writeAndFlush(chunked ? Unpooled.wrappedBuffer(LAST_CHUNK, trailers.lines(), LINE_END)
        : Unpooled.EMPTY_BUFFER));
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
      begins.run();
      var _ = ctx.write(Unpooled.wrappedBuffer(head));
    }
  }

  private void await(ChannelFuture write) throws IOException {
    watch.accept(write);
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
