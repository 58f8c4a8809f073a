package dev.edge4j.server.http1;

import dev.edge4j.http.Body;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.wire.Bodies;
import dev.edge4j.server.wire.DateField;
import dev.edge4j.server.wire.StallGuard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts responses on the wire. Framing, {@code Date} and {@code Connection} are decided here and nowhere else (RFC 9112 section 6). */
final class ResponseWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseWriter.class);
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding", "connection", "date");

  private ResponseWriter() {}

  static FullHttpResponse continueResponse() {
    return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  /** How far a response got that was written on a virtual thread. */
  enum Sent {
    /** All of it has left. */
    WHOLE,
    /** It broke off: the connection must be closed. */
    BROKEN,
    /** It failed before its first byte: another answer may still be written. */
    NOTHING
  }

  /** Writes a response whose body is there; on the event loop. A client that takes nothing for the time-out is cut off. */
  static ChannelFuture write(ChannelHandlerContext ctx, Request request, Response response, boolean keepAlive,
      Duration timeout) {
    byte[] bytes = response.body() instanceof Body.Bytes(byte[] ready) ? ready : new byte[0];
    HttpHeaders headers = headers(request, response, keepAlive);
    // Nobody knows the length that a stream would have had, so the answer to HEAD does not tell one (RFC 9110 section 8.6).
    if (Bodies.mayDeclareLength(response) && !(response.body() instanceof Body.Stream)) {
      headers.set("Content-Length", String.valueOf(Bodies.mayHaveContent(response) ? bytes.length : 0));
    }
    ByteBuf content = Bodies.isSent(request, response) ? Unpooled.wrappedBuffer(bytes) : Unpooled.EMPTY_BUFFER;
    ChannelFuture sent = ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status(response), content,
        headers, EmptyHttpHeaders.INSTANCE));
    StallGuard.watch(ctx, sent, timeout);
    return sent;
  }

  /**
   * Writes a file or a stream, on a virtual thread.
   *
   * @param chunked false for clients of HTTP/1.0, which know no chunks: there the end of the connection ends a stream
   * @param produced called once, when nothing of the application runs any more and the client has not seen the end yet
   */
  static Sent writeStream(ChannelHandlerContext ctx, Request request, Response response, boolean keepAlive,
      boolean chunked, Duration timeout, Runnable produced) {
    HttpHeaders headers = headers(request, response, keepAlive);
    var out = new ChannelOutput(ctx, new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(response), headers), timeout);
    try {
      switch (response.body()) {
        case Body.File(Path path) -> {
          produced.run();
          writeFile(request, headers, path, out);
        }
        case Body.Stream(Body.Writer writer) -> {
          if (chunked) {
            headers.set("Transfer-Encoding", "chunked");
          }
          try {
            writer.writeTo(out);
          } finally {
            produced.run();
          }
        }
        default -> throw new IllegalStateException("a body that is there already");
      }
      out.end();
      return Sent.WHOLE;
    } catch (Throwable e) { // errors too: nobody else ends the response
      if (e instanceof IOException && out.hasBegun()) {
        LOG.debug("the response to {} {} broke off", request.method(), request.path(), e);
      } else {
        LOG.error("the body of the response to {} {} failed", request.method(), request.path(), e);
      }
      return out.hasBegun() ? Sent.BROKEN : Sent.NOTHING;
    }
  }

  private static void writeFile(Request request, HttpHeaders headers, Path path, ChannelOutput out)
      throws IOException {
    FileRegion file = open(path);
    headers.set("Content-Length", String.valueOf(file.count()));
    if (request.method().equals(Method.HEAD)) {
      file.release();
    } else {
      out.send(file);
    }
  }

  /** Opens a file before its length is told, so that one that has vanished is an error and not half a response. */
  @SuppressWarnings("resource") // the region closes the file once it is sent
  private static FileRegion open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new DefaultFileRegion(file, 0, file.size());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static HttpHeaders headers(Request request, Response response, boolean keepAlive) {
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    response.headers().forEach((name, value) -> {
      if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
        headers.add(name, octets(value));
      }
    });
    headers.set("Date", DateField.now());
    if (!keepAlive) {
      headers.set("Connection", "close");
    } else if (request.headers().list("Connection").stream().anyMatch("keep-alive"::equalsIgnoreCase)) {
      headers.set("Connection", "keep-alive");
    }
    return headers;
  }

  /** One byte a character, as field values are (RFC 9110 section 5.5); Netty would write a question mark past ASCII. */
  private static CharSequence octets(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 127) {
        return new AsciiString(value.getBytes(StandardCharsets.ISO_8859_1), false);
      }
    }
    return value;
  }

  private static HttpResponseStatus status(Response response) {
    return HttpResponseStatus.valueOf(response.status());
  }
}
