package dev.edge4j.server.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.edge4j.http.Body;
import dev.edge4j.http.ByteRange;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.log.Failures;
import dev.edge4j.server.channel.LoopBuffers;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.wire.Bodies;
import dev.edge4j.server.wire.StallGuard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the responses to the requests of one connection on the wire. Immutable.
 *
 * @param buffers of the event loop
 * @param secure true if what leaves is encrypted, so that no file can leave from where it lies
 * @param timeout a client that takes nothing for so long is cut off
 * @param counters where that is counted
 */
record ResponseWriter(ChannelHandlerContext ctx, LoopBuffers buffers, boolean secure, Duration timeout,
    Counters counters) {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseWriter.class);
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] EARLY_HINTS = "HTTP/1.1 103 Early Hints\r\n".getBytes(US_ASCII);
  private static final byte[] LINE_END = "\r\n".getBytes(US_ASCII);
  private static final byte[] NO_BYTES = {};

  /** A larger body leaves from where it is, instead of being copied behind its head. */
  private static final int MAX_COPIED_BYTES = 16 * 1024;

  /** How far a response got that was written on a virtual thread. */
  enum Sent {
    /** All of it has left. */
    WHOLE,
    /** It broke off: the connection must be closed. */
    BROKEN,
    /** It failed before its first byte: another answer may still be written. */
    NOTHING
  }

  /** Tells a client that waits for it to go on; on the event loop. */
  void goOn() {
    var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
  }

  /** Writes a response whose body is there; on the event loop. */
  ChannelFuture write(Request request, Response response, HeadEncoder.Connection connection) {
    if (response.body() instanceof Body.Segments segments) {
      return gather(request, response, connection, segments);
    }
    byte[] bytes = response.body() instanceof Body.Bytes(byte[] ready) ? ready : NO_BYTES;
    byte[] head = HeadEncoder.encode(response.status(), response.headers(), length(response, bytes.length),
        connection);
    byte[] content = Bodies.isSent(request, response) ? bytes : NO_BYTES;
    boolean copied = content.length <= MAX_COPIED_BYTES;
    ByteBuf out = buffers.outbound(ctx.alloc(), copied ? head.length + content.length
        : head.length);
    out.writeBytes(head);
    ChannelFuture sent;
    if (copied) {
      out.writeBytes(content);
      sent = ctx.writeAndFlush(out);
    } else {
      var _ = ctx.write(out);
      sent = ctx.writeAndFlush(Unpooled.wrappedBuffer(content));
    }
    watch(sent);
    return sent;
  }

  /** Writes a body that lies in several arrays: one that is not small leaves from where it is, by one gathering write. */
  private ChannelFuture gather(Request request, Response response, HeadEncoder.Connection connection,
      Body.Segments segments) {
    byte[] head = HeadEncoder.encode(response.status(), response.headers(), length(response, segments.length()),
        connection);
    int content = Bodies.isSent(request, response) ? segments.length() : 0;
    boolean copied = content <= MAX_COPIED_BYTES;
    ByteBuf out = buffers.outbound(ctx.alloc(), copied ? head.length + content : head.length);
    out.writeBytes(head);
    ChannelFuture sent;
    if (copied) {
      if (content > 0) {
        segments.segments().forEach(out::writeBytes);
      }
      sent = ctx.writeAndFlush(out);
    } else {
      var _ = ctx.write(out);
      sent = ctx.writeAndFlush(Unpooled.wrappedBuffer(segments.segments().toArray(byte[][]::new)));
    }
    watch(sent);
    return sent;
  }

  /** Cuts off a client that takes nothing of this. */
  void watch(ChannelFuture sent) {
    StallGuard.watch(ctx, sent, timeout, () -> counters.add(Counter.WRITES_STALLED));
  }

  /** The answer to HEAD tells the length that a stream would have had only if that is known (RFC 9110 section 8.6). */
  private static long length(Response response, int bytes) {
    if (!Bodies.mayDeclareLength(response)) {
      return HeadEncoder.UNSAID;
    }
    if (response.body() instanceof Body.Stream stream) {
      return stream.length().orElse(HeadEncoder.UNSAID);
    }
    return Bodies.mayHaveContent(response) ? bytes : 0;
  }

  /** Sends a response before the final one (RFC 8297); on the event loop. */
  void hint(Headers fields) {
    var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(EARLY_HINTS, fields.lines(), LINE_END));
  }

  /**
   * Writes a file or a stream, on a virtual thread.
   *
   * @param chunked false for clients of HTTP/1.0, which know no chunks: there the end of the connection ends a stream
   * @param begins called before the head leaves
   * @param produced called once, when nothing of the application runs any more and the client has not seen the end yet
   */
  Sent writeStream(Request request, Response response, HeadEncoder.Connection connection, boolean chunked,
      Runnable begins, Runnable produced) {
    var out = new ChannelOutput(ctx, this::watch, begins);
    try {
      switch (response.body()) {
        case Body.File file -> {
          produced.run();
          writeFile(request, response, connection, file, out);
          out.end(Headers.empty());
        }
        case Body.Stream stream -> {
          long length = length(request, stream, chunked);
          out.head(HeadEncoder.encode(response.status(), response.headers(), length, connection),
              length == HeadEncoder.CHUNKED);
          Bodies.write(stream, out, produced);
          out.end(length == HeadEncoder.CHUNKED && Bodies.takesTrailers(request) ? Bodies.trailers(stream)
              : Headers
                  .empty());
        }
        default -> throw new IllegalStateException("a body that is there already");
      }
      return Sent.WHOLE;
    } catch (Throwable e) { // errors too: nobody else ends the response
      if (e instanceof IOException && hasLeft()) {
        LOG.debug("the client left before the end of the response to {} {}", request.method(), request.path(), e);
      } else {
        Failures.LOG.error(LOG, "the body of the response to " + request.method() + " " + request.path() + " failed",
            e);
      }
      return out.hasBegun() ? Sent.BROKEN : Sent.NOTHING;
    }
  }

  /** The client has closed the connection, or at least its half. */
  private boolean hasLeft() {
    return !ctx.channel().isActive() || (ctx.channel() instanceof DuplexChannel socket && socket.isInputShutdown());
  }

  /** Fields behind a body need chunks, whether or not its length is known. */
  private static long length(Request request, Body.Stream stream, boolean chunked) {
    if (stream.length().isPresent() && !(chunked && stream.trailers().isPresent() && Bodies.takesTrailers(request))) {
      return stream.length().getAsLong();
    }
    return chunked ? HeadEncoder.CHUNKED : HeadEncoder.UNSAID;
  }

  /** Opens the file before its length is told, so that one that has vanished is an error and not half a response. */
  @SuppressWarnings("resource") // the region closes the file once it is sent
  private void writeFile(Request request, Response response, HeadEncoder.Connection connection, Body.File body,
      ChannelOutput out) throws IOException {
    FileChannel file = FileChannel.open(body.path());
    boolean handedOver = false;
    try {
      long from = body.part().map(ByteRange::first).orElse(0L);
      long size = body.part().map(ByteRange::length).orElse(file.size());
      if (from + size > file.size()) {
        throw new IOException("the file is shorter than the part of it that was asked for");
      }
      out.head(HeadEncoder.encode(response.status(), response.headers(), size, connection), false);
      if (request.method().equals(Method.HEAD)) {
        return;
      }
      if (secure) {
        copy(file.position(from), size, out);
      } else {
        handedOver = true;
        out.send(new DefaultFileRegion(file, from, size));
      }
    } finally {
      if (!handedOver) {
        file.close();
      }
    }
  }

  /** As many bytes as were announced, although somebody may be writing to the file. */
  private static void copy(FileChannel file, long size, ChannelOutput out) throws IOException {
    InputStream in = Channels.newInputStream(file);
    for (long left = size; left > 0;) {
      byte[] piece = in.readNBytes((int) Math.min(left, MAX_COPIED_BYTES));
      if (piece.length == 0) {
        throw new IOException("the file has become shorter");
      }
      out.write(piece);
      left -= piece.length;
    }
  }
}
