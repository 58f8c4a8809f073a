package dev.edge4j.server.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.server.wire.DateField;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes the heads of responses, compressed (RFC 9113 section 8.3.2, RFC 7541), with Netty's encoder. Framing is decided here and nowhere else;
 * what speaks about a connection of HTTP/1.1 is left out. Confined to the event loop of its connection.
 */
final class ResponseFields {
  static final long NO_LENGTH = -1;
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding", "connection", "date",
      "keep-alive", "proxy-connection", "upgrade");

  /** Values that a client could find out bit by bit if they were compressed beside what it may choose (RFC 7541 section 7.1.3). */
  private static final Set<String> SECRET = Set.of("set-cookie", "authorization", "proxy-authorization");
  private static final AsciiString DATE = AsciiString.cached("date");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");

  /** Names as they are often spelled, ready to be sent. */
  private static final Map<String, AsciiString> NAMES = new HashMap<>();

  private static final AsciiString[] STATUSES = new AsciiString[600];

  static {
    for (int status = 100; status < STATUSES.length; status++) {
      STATUSES[status] = new AsciiString(Integer.toString(status));
    }
    for (String name : List.of("Accept-Ranges", "Access-Control-Allow-Credentials", "Access-Control-Allow-Origin",
        "Age", "Cache-Control", "Cache-Status", "Content-Disposition", "Content-Encoding", "Content-Language",
        "Content-Range", "Content-Security-Policy", "Content-Type", "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy", "ETag", "Expires", "Last-Modified", "Link", "Location", "Permissions-Policy",
        "Referrer-Policy", "Retry-After", "Server", "Server-Timing", "Set-Cookie", "Strict-Transport-Security", "Vary",
        "X-Cache", "X-Content-Type-Options", "X-Frame-Options", "X-Request-Id")) {
      AsciiString lower = AsciiString.cached(name.toLowerCase(Locale.ROOT));
      NAMES.put(name, lower);
      NAMES.put(lower.toString(), lower);
    }
  }

  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder(
      (name, _) -> SECRET.contains(name.toString()), true);
  private final Http2Headers fields = new DefaultHttp2Headers(false, 16);

  /** The client lets our compression keep so many bytes; the next block says that we know. */
  void limitTable(int bytes) {
    try {
      encoder.maxHeaderTableSize(bytes);
    } catch (Http2Exception e) {
      throw new IllegalStateException("a table of " + bytes + " bytes", e);
    }
  }

  /**
   * Writes a response's head.
   *
   * @param length of the body; {@link #NO_LENGTH} to leave it untold
   */
  void write(ByteBuf out, int stream, Response response, long length, boolean end, int maxFrameBytes) {
    fields.clear();
    fields.add(Http2Headers.PseudoHeaderName.STATUS.value(), STATUSES[response.status()]);
    response.headers().forEach(this::add);
    fields.add(DATE, response.headers().isDated() ? response.headers().first("Date").orElseThrow() : DateField.now());
    if (length != NO_LENGTH) {
      fields.add(CONTENT_LENGTH, Long.toString(length));
    }
    writeFrames(out, stream, end, maxFrameBytes);
  }

  /** Tells the client to send the body that it waits with. */
  void writeContinue(ByteBuf out, int stream) {
    fields.clear();
    fields.add(Http2Headers.PseudoHeaderName.STATUS.value(), STATUSES[100]);
    writeFrames(out, stream, false, Setting.DEFAULT_FRAME_BYTES);
  }

  /** Tells fields of the answer before it is there (RFC 8297). */
  void writeHints(ByteBuf out, int stream, Headers hints, int maxFrameBytes) {
    fields.clear();
    fields.add(Http2Headers.PseudoHeaderName.STATUS.value(), STATUSES[103]);
    hints.forEach(this::add);
    writeFrames(out, stream, false, maxFrameBytes);
  }

  /** Ends the stream with fields behind its body (RFC 9113 section 8.1). */
  void writeTrailers(ByteBuf out, int stream, Headers trailers, int maxFrameBytes) {
    fields.clear();
    trailers.forEach(this::add);
    writeFrames(out, stream, true, maxFrameBytes);
  }

  private void add(String name, String value) {
    AsciiString known = NAMES.get(name);
    if (known == null) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (FRAMING.contains(lower)) {
        return;
      }
      known = new AsciiString(lower);
    }
    fields.add(known, octets(value));
  }

  /** One byte a character, as field values are (RFC 9110 section 5.5); Netty would write a question mark past ASCII. */
  private static CharSequence octets(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 127) {
        return new AsciiString(value.getBytes(ISO_8859_1), false);
      }
    }
    return value;
  }

  /** Nearly always one frame, whose length is written once it is known. */
  private void writeFrames(ByteBuf out, int stream, boolean end, int maxFrameBytes) {
    int start = out.writerIndex();
    FrameWriter.headers(out, end, stream);
    try {
      encoder.encodeHeaders(stream, fields, out);
    } catch (Http2Exception e) {
      throw new IllegalStateException("a head that cannot be compressed", e);
    }
    int length = out.writerIndex() - start - FrameReader.HEADER_BYTES;
    if (length <= maxFrameBytes) {
      out.setMedium(start, length);
      return;
    }
    ByteBuf block = out.copy(start + FrameReader.HEADER_BYTES, length);
    try {
      out.writerIndex(start);
      FrameWriter.headers(out, block, end, stream, maxFrameBytes);
    } finally {
      block.release();
    }
  }
}
